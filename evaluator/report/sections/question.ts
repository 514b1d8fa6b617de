import type { Investigated } from "../../investigate/investigated.ts";
import { fact, facts, type Section } from "../block.ts";
import { duration, utc } from "../numbers.ts";
import { listed, name, plain } from "../text.ts";

/** What was asked, of which telemetry, of whom. */
export function question({ question, window, scope, sources, live, agent, investigation }: Investigated): Section {
  const raised = investigation.raisedAt !== undefined;
  return {
    id: "asked",
    nav: "Asked",
    title: "What was asked",
    lead: null,
    blocks: [
      facts(
        question
          ? fact("Trigger", plain(question.text, 500), answeredBy(raised))
          : fact("Trigger", "none", "the agent watched by itself"),
        fact("Looked at", question?.signals ? listed(question.signals) : "everything"),
        fact(
          "Time",
          `${utc(window.from)} to ${utc(window.to)}`,
          `${duration(window.to - window.from)}, told as minutes and seconds since its begin`,
        ),
        fact(
          "Scope",
          scope.length === 0 ? "all that was heard of" : listed(scope),
          scope.length === 0 ? null : "and what it calls; callers outside count as its users",
        ),
        fact("Telemetry", listed(sources.map((one) => name(one))), live ? "as it came" : "recorded"),
        fact("Agent", name(agent)),
      ),
    ],
  };
}

const answeredBy = (raised: boolean): string =>
  raised
    ? "the agent raised an alarm by itself: what follows is about that alarm"
    : "no alarm was raised, so the agent was asked at the end";
