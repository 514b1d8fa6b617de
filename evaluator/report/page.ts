import type { Fact, Section } from "./block.ts";
import { script, style } from "./generated/assets.ts";
import { type Markup, verbatim } from "./markup.ts";
import { policy } from "./policy.ts";
import type { Banner } from "./sections/banner.ts";
import { fill, type Limits } from "./templates.ts";

/** A page in words: what it is about, what it concludes, its sections. */
export interface Page {
  /** What kind of report it is, beside the name of the project. */
  readonly kind: string;
  readonly title: string;
  readonly heading: string;
  readonly about: string;
  /** A few facts for tools. */
  readonly summary: Markup;
  readonly banner: Banner;
  readonly sections: readonly Section[];
  readonly provenance: readonly Fact[];
}

/** The most that a page may weigh, in bytes. */
const BUDGET = 1024 * 1024;
/** From the widest on: the first within the budget is taken. */
const LIMITS: readonly Limits[] = [
  { text: 8_000, rows: 150 },
  { text: 300, rows: 50 },
  { text: 120, rows: 20 },
  { text: 40, rows: 5 },
];

/** One HTML file that needs no network. The same page gives the same bytes. */
export function pageOf(page: Page): string {
  const model = { ...page, policy: verbatim(policy()), style: verbatim(style), script: verbatim(script) };
  let html = "";
  for (const limits of LIMITS) {
    html = fill(model, limits);
    if (Buffer.byteLength(html) <= BUDGET) break;
  }
  return html;
}
