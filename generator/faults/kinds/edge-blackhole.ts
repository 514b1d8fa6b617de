import { HarnessError } from "../../harness-error.ts";
import { SERVICES } from "../../targets/graph.ts";
import type { ServiceId } from "../../targets/target.ts";
import { fault } from "../fault.ts";
import { shapeEdge } from "../intent.ts";

export interface EdgeBlackhole {
  /** Share of exchanges after which a connection passes nothing any more; 1 unless said. */
  readonly share?: number;
  /** A change of network policy is announced with it: the cause is a configuration then. */
  readonly byPolicy?: boolean;
}

/**
 * Network loss on one edge: connections are accepted and no byte comes through, in either direction, so that callers
 * wait until their time limits. Both ends are well.
 */
export const edgeBlackhole = fault<EdgeBlackhole>({
  kind: "edge-blackhole",
  trigger: ({ byPolicy = false }) => (byPolicy ? "config" : "infra"),
  plan(state, { share = 1, byPolicy = false }) {
    const shape = { blackhole: true, share };
    if (!byPolicy) return [shapeEdge(state, shape)];
    return [shapeEdge(state, shape, { operations: state.operations, ...policyOf(state.on) })];
  },
  acts: (now) => (now["edge.shaped"] ?? 0) > 0 || (now["edge.held"] ?? 0) > 0,
});

/** The side of the path that is ours: what a caller may reach, or who may reach a service from outside. */
function policyOf(edge: string): { readonly service: ServiceId; readonly summary: string } {
  const [caller, callee] = edge.split("->").map((end) => SERVICES.find((service) => service === end));
  if (caller !== undefined) return { service: caller, summary: "egress policy updated" };
  if (callee !== undefined) return { service: callee, summary: "ingress policy updated" };
  throw new HarnessError(`No change of policy can be announced for ${edge}`, {
    hint: "Leave the announcement out",
    exitCode: 2,
  });
}
