import type { Telemetry } from "../../agent/telemetry/model.ts";
import type { Verdict } from "../trial-record.ts";
import { type Fact, fact, type Section } from "./block.ts";
import { script, style } from "./generated/assets.ts";
import { verbatim } from "./markup.ts";
import { marks } from "./moments.ts";
import { duration, utc } from "./numbers.ts";
import { policy } from "./policy.ts";
import { topology } from "./readings/topology.ts";
import { banner } from "./sections/banner.ts";
import { baseline } from "./sections/baseline.ts";
import { glance } from "./sections/glance.ts";
import { investigation } from "./sections/investigation.ts";
import { ladder } from "./sections/ladder.ts";
import { blast, failures, gaps, remedies, story } from "./sections/picture.ts";
import { scores } from "./sections/scores.ts";
import { serviceMap } from "./sections/service-map.ts";
import { services } from "./sections/services.ts";
import { trust } from "./sections/trust.ts";
import { truth } from "./sections/truth.ts";
import { users } from "./sections/users.ts";
import { summary } from "./summary.ts";
import { fill, type Limits } from "./templates.ts";
import { name, plain } from "./text.ts";

export interface Provenance {
  readonly firedrill: string;
  readonly commit: string | null;
  readonly node: string;
  readonly host: string;
  /** From a recording, not live. */
  readonly replayed: boolean;
  readonly recording: string | null;
  readonly createdAt: number;
}
export interface ReportInput {
  readonly verdict: Verdict;
  /** The final view of the store: all that had arrived at the end of the run. */
  readonly telemetry: Telemetry;
  readonly provenance: Provenance;
}

/** The most that a report may weigh, in bytes. */
const BUDGET = 1024 * 1024;
/** From the widest on: the first within the budget is taken. */
const LIMITS: readonly Limits[] = [
  { text: 8_000, rows: 150 },
  { text: 300, rows: 50 },
  { text: 120, rows: 20 },
  { text: 40, rows: 5 },
];

/** The report of one drill: one HTML file that needs no network. The same input gives the same bytes. */
export function renderReport({ verdict, telemetry, provenance }: ReportInput): string {
  const { run, agent } = verdict.trial;
  const model = {
    policy: verbatim(policy()),
    title: `${name(run.scenario)}: ${banner(verdict).headline}`,
    heading: plain(run.title),
    about: `Scenario ${name(run.scenario)}, agent ${name(agent)}, ${duration(run.endedAt - run.startedAt)}, begun ${utc(run.startedAt)}${provenance.replayed ? ", replayed from a recording" : ""}`,
    style: verbatim(style),
    script: verbatim(script),
    summary: verbatim(summary(verdict)),
    banner: banner(verdict),
    sections: sections(verdict, telemetry),
    provenance: origin(verdict, provenance),
  };
  let html = "";
  for (const limits of LIMITS) {
    html = fill(model, limits);
    if (Buffer.byteLength(html) <= BUDGET) break;
  }
  return html;
}

/** Without an incident, what is normal is the story; with one, the baseline comes after it. */
function sections(verdict: Verdict, telemetry: Telemetry): Section[] {
  const { run, investigation: told } = verdict.trial;
  const noted = marks(verdict);
  const seen = topology(verdict, telemetry);
  const normal = baseline(run, told.baseline);
  const calm = !verdict.truth.incident && !told.picture;
  const { picture } = told;
  return [
    glance(verdict),
    users(run, noted),
    ladder(verdict, noted),
    ...(calm ? [normal] : []),
    serviceMap(verdict, seen),
    ...(calm ? [] : [investigation(verdict)]),
    ...(picture ? [...failures(run, picture), blast(picture), story(run, picture), remedies(picture)] : []),
    services(verdict, telemetry, noted, seen),
    ...(calm ? [investigation(verdict)] : []),
    gaps(told.gaps),
    ...(calm ? [] : [normal]),
    scores(verdict),
    trust(verdict),
    truth(verdict),
  ];
}

function origin({ trial }: Verdict, from: Provenance): Fact[] {
  const { run } = trial;
  return [
    fact("Firedrill", from.firedrill),
    fact("Commit", from.commit ?? "not known"),
    fact("Node", from.node),
    fact("Host", from.host),
    fact("Run", run.id),
    fact("Scenario", run.scenario),
    fact("Seed", String(run.seed)),
    fact("Agent", trial.agent),
    fact("Repeat", String(trial.repeat)),
    fact("Run began", utc(run.startedAt)),
    fact("Report made", utc(from.createdAt)),
    fact("Telemetry", from.replayed ? `replayed from ${from.recording ?? "a recording"}` : "live"),
    fact("Recording", from.recording ?? "none"),
  ];
}
