import type { ComponentCard, Telemetry, Window } from "../../../agent/telemetry/model.ts";
import { type Block, cell, fact, facts, fold, list, prose, type Section, table } from "../block.ts";
import { clock, percent, whole } from "../numbers.ts";
import { metadataOf } from "../readings/metadata.ts";
import type { Topology } from "../readings/topology.ts";
import { counted, listed, name, plain } from "../text.ts";

/** What was found before anything was explained: who is there, who calls whom, and what each says of itself. */
export function discovery(telemetry: Telemetry, within: Window, seen: Topology): Section {
  const cards = telemetry.components({ from: 0, to: within.to + 1 });
  const blocks: Block[] =
    cards.length === 0
      ? [prose("Nothing was heard of.", "quiet")]
      : [
          scan(telemetry, within, cards, seen),
          sends(telemetry, within, cards),
          ...context(telemetry, within, cards),
          ...announced(telemetry, within),
        ];
  return {
    id: "discovery",
    nav: "Discovery",
    title: "What is there: the first look round",
    lead: "Read from telemetry alone, before anything is explained. What nobody's telemetry tells stands as not told.",
    blocks,
  };
}

function scan(telemetry: Telemetry, within: Window, cards: readonly ComponentCard[], seen: Topology): Block {
  const services = cards.filter(({ kind }) => kind === "service");
  const calls = telemetry.calls(within);
  const count = calls.reduce((sum, one) => sum + one.count, 0);
  const unanswered = calls.reduce((sum, one) => sum + one.unanswered, 0);
  const entries = [...seen.states.values()].filter(({ entry }) => entry).map(({ component }) => component);
  const virtual = cards.filter(({ kind }) => kind === "virtual").map(({ component }) => component);
  return facts(
    fact(
      "Services",
      whole(services.length),
      counted(services.flatMap(({ instances }) => instances).length, "instance"),
    ),
    fact("Known from their callers only", listed(virtual)),
    fact("Users come in by", listed(entries, "not told")),
    fact("Ways between components", whole(seen.edges.length), `${whole(count)} calls read from traces`),
    fact(
      "Calls seen from both sides",
      count === 0 ? "none" : percent(1 - unanswered / count),
      "a callee that sends no spans counts as seen",
    ),
  );
}

/** Which kinds of telemetry each service is joined from. */
function sends(telemetry: Telemetry, within: Window, cards: readonly ComponentCard[]): Block {
  const spans = Map.groupBy(telemetry.spans({ within }), ({ component }) => component);
  const logs = Map.groupBy(telemetry.logs({ within }), ({ component }) => component);
  const rows = cards.map(({ component, kind, first, last }) => [
    cell(name(component), kind === "virtual" ? "sends nothing itself" : null),
    whole(spans.get(component)?.length ?? 0),
    whole(telemetry.metrics(component).length),
    whole(logs.get(component)?.length ?? 0),
    `${clock(Math.max(first, within.from), within.from)} to ${clock(Math.min(last, within.to), within.from)}`,
  ]);
  return table("What each component sends", ["Component", "#Spans", "#Metrics", "#Log lines", "#Heard"], rows);
}

/** Version, owner, place, limits, probes and labels, and all else that each says of itself. */
function context(telemetry: Telemetry, within: Window, cards: readonly ComponentCard[]): readonly Block[] {
  const services = cards.filter(({ kind }) => kind === "service");
  const rows = services.map((card) => {
    const { version, owner, place, runtime, labels, limits, probes } = metadataOf(card, telemetry, within);
    const one = (text: string): string => plain(text, 200) || "not told";
    return [
      name(card.component),
      one(version),
      one(owner),
      one(place),
      one(runtime),
      one(limits),
      one(probes),
      one(labels),
    ];
  });
  const columns = ["Service", "Version", "Owner", "Where", "Runtime", "Limits", "Health checks", "Labels"];
  const all = services.map(({ component, instances, attributes }) =>
    fold(`${name(component)}: ${counted(Object.keys(attributes).length, "attribute")}`, [
      list(
        `Instances: ${listed(instances)}`,
        Object.entries(attributes).map(([key, value]) => `${key} = ${value}`),
      ),
    ]),
  );
  return [table("What is known of each service", columns, rows), ...all];
}

/** Changes, and what the platform says of instances. */
function announced(telemetry: Telemetry, within: Window): readonly Block[] {
  const time = { from: 0, to: within.to + 1 };
  const changes = telemetry
    .changes(time)
    .map(({ at, component, kind, summary, status }) => [
      clock(at, within.from),
      name(component),
      status === "failed" ? `${kind}, failed` : kind,
      cell(plain(summary, 300), null, "wide-cell"),
    ]);
  const objects = telemetry
    .objects({ within: time })
    .map(({ at, component, instance, kind, reason }) => [
      clock(at, within.from),
      name(component),
      `${kind} ${reason}`,
      name(instance),
    ]);
  return [
    changes.length > 0
      ? table("Changes that were announced", ["When", "Component", "Kind", "What"], changes)
      : prose("No change was announced; nothing here says that none was made.", "quiet"),
    ...(objects.length > 0
      ? [
          fold(`${counted(objects.length, "word")} of the platform`, [
            table("What the platform says of instances", ["When", "Component", "What", "Instance"], objects),
          ]),
        ]
      : []),
  ];
}
