import type { Scenario } from "../scenarios/scenario.ts";

/** Words that no telemetry may hold, because they tell what is going on. */
export interface Secrets {
  /** Names of what is done: scenario, title, fault kinds. Looked for plain and encoded. */
  readonly names: readonly string[];
  /** Names of the phases. Looked for plain. */
  readonly phases: readonly string[];
}
/** Words of the trade, whatever the scenario. */
const TRADE = [
  "fault", "chaos", "inject", "injected", "injector", "toxic", "toxiproxy", "scenario", "drill", "firedrill", "leak",
  "simulate", "simulated", "synthetic", "ground truth",
]; // biome-ignore format: a table reads better than a column

export function secretsOf(name: string, { title, phases }: Pick<Scenario, "title" | "phases">): Secrets {
  const kinds = phases.flatMap(({ faults = [] }) => faults.map(({ kind }) => kind));
  return { names: [...new Set([name, title, ...kinds])], phases: [...new Set(phases.map((phase) => phase.name))] };
}

/** Whole words only: `default` is no `fault`, `faults` is another word. Case does not matter. */
export function wordPattern(words: readonly string[]): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escaped).join("|")})(?![\\p{L}\\p{N}])`, "giu");
}
/** What a value that names what is done looks like. */
export const valuePattern = ({ names, phases }: Secrets): RegExp => wordPattern([...names, ...phases]);

/** Every form of every secret, for the scanner: words of the trade and names plain, and names in hex, base64, URL code. */
export function scanPattern({ names, phases }: Secrets): RegExp {
  const plain = wordPattern([...TRADE, ...names, ...phases]);
  const encoded = names.flatMap(encodings).map(escaped);
  return new RegExp(`${plain.source}|${encoded.join("|")}`, "giu");
}

function encodings(word: string): string[] {
  const url = encodeURIComponent(word);
  return [Buffer.from(word).toString("hex"), ...base64(word), ...(url === word ? [] : [url])];
}

/** Base64 of the word at each of the three offsets, less the characters that its neighbours would change. */
function base64(word: string): string[] {
  return [0, 1, 2].map((offset) => {
    const text = Buffer.from("\0".repeat(offset) + word)
      .toString("base64")
      .replace(/=+$/, "");
    const start = offset === 0 ? 0 : offset + 1;
    const whole = (offset + Buffer.byteLength(word)) % 3 === 0;
    return text.slice(start, whole ? undefined : -1);
  });
}

const escaped = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\/-]/gu, (one) => (one === "-" ? "\\x2d" : `\\${one}`));
