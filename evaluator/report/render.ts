import type { Telemetry } from "../../agent/telemetry/model.ts";
import type { Provenance } from "../provenance.ts";
import type { Verdict } from "../trial-record.ts";
import { type Fact, fact, type Section } from "./block.ts";
import { verbatim } from "./markup.ts";
import { marks } from "./moments.ts";
import { duration, utc } from "./numbers.ts";
import { pageOf } from "./page.ts";
import { topology } from "./readings/topology.ts";
import { banner } from "./sections/banner.ts";
import { baseline } from "./sections/baseline.ts";
import { glance } from "./sections/glance.ts";
import { investigation } from "./sections/investigation.ts";
import { ladder } from "./sections/ladder.ts";
import { gaps, pictured } from "./sections/picture.ts";
import { scores } from "./sections/scores.ts";
import { serviceMap } from "./sections/service-map.ts";
import { services } from "./sections/services.ts";
import { trust } from "./sections/trust.ts";
import { truth } from "./sections/truth.ts";
import { users } from "./sections/users.ts";
import { summary } from "./summary.ts";
import { name, plain } from "./text.ts";

export interface ReportInput {
  readonly verdict: Verdict;
  /** The final view of the store: all that had arrived at the end of the run. */
  readonly telemetry: Telemetry;
  readonly provenance: Provenance;
}

/** The report of one drill: one HTML file that needs no network. The same input gives the same bytes. */
export function renderReport({ verdict, telemetry, provenance }: ReportInput): string {
  const { run, agent } = verdict.trial;
  return pageOf({
    kind: "drill report",
    title: `${name(run.scenario)}: ${banner(verdict).headline}`,
    heading: plain(run.title),
    about: `Scenario ${name(run.scenario)}, agent ${name(agent)}, ${duration(run.endedAt - run.startedAt)}, begun ${utc(run.startedAt)}${provenance.replayed ? ", replayed from a recording" : ""}`,
    summary: verbatim(summary(verdict)),
    banner: banner(verdict),
    sections: sections(verdict, telemetry),
    provenance: origin(verdict, provenance),
  });
}

/** Without an incident, what is normal is the story; with one, the baseline comes after it. */
function sections(verdict: Verdict, telemetry: Telemetry): Section[] {
  const { run, investigation: told } = verdict.trial;
  const noted = marks(verdict);
  const seen = topology(verdict, telemetry);
  const normal = baseline(run.startedAt, told.baseline);
  const calm = !verdict.truth.incident && !told.picture;
  const { picture } = told;
  return [
    glance(verdict),
    users(run, noted),
    ladder(verdict, noted),
    ...(calm ? [normal] : []),
    serviceMap(verdict, seen),
    ...(calm ? [] : [investigation(verdict)]),
    ...(picture ? pictured(run.startedAt, picture) : []),
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
