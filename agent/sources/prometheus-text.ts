/** One sample of a scrape. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
export type FamilyType = "counter" | "gauge" | "histogram" | "summary" | "untyped";
/** A metric family: a name, a type, and its samples in order. */
export interface Family {
  readonly name: string;
  readonly type: FamilyType;
  readonly help: string;
  readonly samples: readonly Sample[];
}
interface Growing extends Family {
  readonly samples: Sample[];
  type: FamilyType;
  help: string;
}

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{.*?\})?\s+(\S+)(?:\s+\S+)?(?:\s+#.*)?$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g;
const TYPES: readonly string[] = ["counter", "gauge", "histogram", "summary"];
const PARTS = /_(bucket|sum|count|total|created)$/;

/**
 * Reads the Prometheus text format 0.0.4 and what OpenMetrics 1.0 adds to it (`# EOF`, `# UNIT`, exemplars, `_created`).
 * Lines that are no samples are skipped: a scrape with a bad line still tells the rest.
 */
export function parsePrometheus(text: string): Family[] {
  const families = new Map<string, Growing>();
  const family = (name: string): Growing => {
    let found = families.get(name);
    if (!found) {
      found = { name, type: "untyped", help: "", samples: [] };
      families.set(name, found);
    }
    return found;
  };
  for (const line of text.split("\n")) {
    const told = line.match(/^# (TYPE|HELP) (\S+) ?(.*)$/);
    if (told?.[1] === "TYPE") family(told[2] ?? "").type = typeOf(told[3]);
    else if (told) family(told[2] ?? "").help = told[3] ?? "";
    else if (line !== "" && !line.startsWith("#")) take(line, families, family);
  }
  return [...families.values()].filter(({ samples }) => samples.length > 0);
}

function take(line: string, families: ReadonlyMap<string, Growing>, family: (name: string) => Growing): void {
  const [, name, labels, number] = line.match(SAMPLE) ?? [];
  if (name === undefined || number === undefined || name.endsWith("_created")) return;
  const stem = name.replace(PARTS, "");
  const owner = families.has(name) ? name : families.has(stem) ? stem : name;
  family(owner).samples.push({ name, labels: labelsOf(labels ?? ""), value: parsed(number) });
}

function typeOf(word: string | undefined): FamilyType {
  return TYPES.includes(word ?? "") ? (word as FamilyType) : "untyped";
}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, key, value] of text.matchAll(LABEL)) if (key !== undefined) labels[key] = unescaped(value ?? "");
  return labels;
}

const unescaped = (text: string): string => text.replace(/\\(.)/g, (_, one: string) => (one === "n" ? "\n" : one));

function parsed(text: string): number {
  if (/^[+-]?inf$/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}
