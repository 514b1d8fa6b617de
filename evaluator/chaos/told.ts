import type { Meters } from "../../generator/faults/adapters/adapter.ts";
import type { Listed } from "./listing.ts";
import { parametersOf, inWords as placeInWords } from "./offer.ts";
import type { Status } from "./status.ts";
import { clock, inWords, type Outcome, type Write } from "./writes.ts";

/** All kinds for a person: what each does, where, with which parameters, and what is lacking. */
export function listTold(kinds: readonly Listed[]): string {
  return `${kinds.map(kindTold).join("\n")}\n\nnpm run chaos -- inject <kind> [--on PLACE] [--param name=value] --ttl 5m\n`;
}

function kindTold({ kind, offer, lacking }: Listed): string {
  if (offer === undefined) return `${kind}\n    cannot be asked for by hand`;
  const parameters = parametersOf(offer).map(
    ({ name, about, usual }) => `    --param ${name}=${usual ?? "..."}  ${about}`,
  );
  const lacks = lacking.map((one) => `    LACKING  ${one}`);
  return [`${kind}  ${offer.summary}`, `    on ${placeInWords(offer.where)}`, ...parameters, ...lacks].join("\n");
}

export function statusTold({ apps, injection }: Status): string {
  const lines = apps
    ? [
        `apps: ${apps.run} (${apps.target}), process ${apps.pid}, since ${clock(apps.since)} UTC`,
        ...Object.entries(apps.services).map(
          ([name, { release, ready, restarts, pid }]) =>
            `  ${name.padEnd(22)} ${ready ? "ready" : "not ready"}, release ${release}, ${restarts} restarts, process ${pid ?? "none"}`,
        ),
      ]
    : ["apps: none run (npm run apps)"];
  if (injection === null) return `${[...lines, "injection: none"].join("\n")}\n`;
  const { id, kind, on, since, ttlLeftMs, pid, meters } = injection;
  const times = since === null ? "" : `, since ${clock(since)} UTC, ${((ttlLeftMs ?? 0) / 1_000).toFixed(0)} s left`;
  const who = pid === null ? "its process has died; it is being taken back" : `process ${pid}`;
  return `${[
    ...lines,
    `injection: ${id}: ${kind ?? "not begun"} on ${on ?? "nothing"}${times}, ${who}`,
    `  meters ${metersTold(meters)}`,
    ...injection.writes.map((write) => `  ${writeTold(write)}`),
  ].join("\n")}\n`;
}

export function metersTold(meters: Meters): string {
  const parts = Object.entries(meters).map(([name, value]) => `${name} ${Number(value.toFixed(3))}`);
  return parts.length === 0 ? "none" : parts.join(", ");
}

export function writeTold({ subject, does, undone, ttlMs }: Write): string {
  return `${subject}: ${JSON.stringify(does)}, undone by ${JSON.stringify(undone)}, by itself after ${ttlMs / 1_000} s`;
}

export function outcomesTold(id: string, outcomes: readonly Outcome[]): string {
  if (outcomes.length === 0) return `${id}: nothing had been written\n`;
  return outcomes
    .map(({ subject, outcome, at }) => `${id}: ${subject}: ${inWords(outcome)} at ${clock(at)} UTC\n`)
    .join("");
}
