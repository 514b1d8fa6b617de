import * as z from "zod";
import type { Call } from "../telemetry/model.ts";
import { limitArg, tool, windowArgs, windowOf } from "./tool.ts";

export default tool({
  name: "topology",
  description:
    "Who called whom in the window: calls, failed calls, mean time in ms as the caller saw it (clientMs) and as the callee worked on it (serverMs, null where the callee tells nothing), and calls of which the callee never told (unanswered).",
  args: z.strictObject({ ...windowArgs, limit: limitArg(200, 1_000) }),
  answer(args, telemetry) {
    const within = windowOf(args, telemetry.now);
    return { within, rows: telemetry.calls(within).map(edgeOf) };
  },
});

function edgeOf({ caller, callee, sync, count, failed, clientSeconds, serverSeconds, unanswered }: Call): object {
  const answered = count - unanswered;
  const serverMs = serverSeconds > 0 && answered > 0 ? mean(serverSeconds, answered) : null;
  return { caller, callee, sync, calls: count, failed, clientMs: mean(clientSeconds, count), serverMs, unanswered };
}

/** Milliseconds to a hundredth. */
const mean = (seconds: number, count: number): number => Math.round((seconds / count) * 100_000) / 100;
