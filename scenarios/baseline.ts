import { local } from "../generator/targets/local.ts";
import { ARTICLE, drill } from "./drill.ts";
import type { Scenario } from "./scenario.ts";

/** The article's first scenario: normal load, five in a hundred requests fail on bad records as they always do. */
export default {
  title: "Normal load on all four apps; nothing is wrong",
  target: local,
  phases: drill({}),
  truth: { incident: false },
  full: ARTICLE.normal,
} satisfies Scenario;
