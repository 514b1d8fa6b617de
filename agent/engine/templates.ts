import type { LogRecord } from "../telemetry/model.ts";

/** A log template: the words that stay, with `<*>` where they change. */
export interface Template {
  readonly id: string;
  readonly words: readonly string[];
}
/** A tree of fixed depth in the manner of Drain: token count, first token, second token, then clusters by likeness. */
export interface TemplateTree {
  readonly leaves: Map<string, Template[]>;
  readonly children: Map<string, Set<string>>;
  /** Where each template is, by id. */
  readonly places: Map<string, { readonly leaf: readonly Template[]; readonly index: number }>;
  count: number;
}
export const emptyTree = (): TemplateTree => ({ leaves: new Map(), children: new Map(), places: new Map(), count: 0 });

export const WILD = "<*>";
/** Join a cluster if so many of its words are equal or wild. */
const ALIKE = 0.5;
/** At most so many children a node, then a wild one. */
const MOST_CHILDREN = 100;
/** At most so many clusters a leaf, then one for all the rest: lines that are never alike must not cost ever more. H. */
const MOST_CLUSTERS = 50;

const MASKS: readonly RegExp[] = [
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi,
  /\b[0-9a-f]{16,}\b/gi,
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g,
  /"[^"]*"|'[^']*'|\[[^\]]*\]|\([^)]*\)/g,
  /[-+]?\d+(?:[.,]\d+)*/g,
];

/** Words of a line with everything that looks like a value masked. */
export function wordsOfLine(line: string): readonly string[] {
  let masked = line.split("\n", 1)[0]?.slice(0, 400) ?? "";
  for (const mask of MASKS) masked = masked.replace(mask, WILD);
  return masked
    .split(/\s+/)
    .filter((word) => word !== "")
    .slice(0, 40);
}

/** Files one line and returns the id of its template. The tree is owned by its fold and changed in place. */
export function file(tree: TemplateTree, line: string): string {
  const words = wordsOfLine(line);
  const first = branch(tree, String(words.length), words[0] ?? "");
  const second = branch(tree, first, words[1] ?? "");
  const leaf = tree.leaves.get(second) ?? [];
  tree.leaves.set(second, leaf);
  let best = -1;
  let likeness = ALIKE;
  for (const [i, template] of leaf.entries()) {
    if (i === MOST_CLUSTERS) break;
    const alike = likenessOf(template.words, words);
    if (alike >= likeness) {
      best = i;
      likeness = alike;
    }
  }
  const rest = leaf[MOST_CLUSTERS];
  const found = leaf[best];
  if (!found) {
    if (rest) return rest.id;
    const full = leaf.length === MOST_CLUSTERS;
    const template = { id: `t${++tree.count}`, words: full ? words.map(() => WILD) : words };
    tree.places.set(template.id, { leaf, index: leaf.length });
    leaf.push(template);
    return template.id;
  }
  leaf[best] = { id: found.id, words: found.words.map((word, i) => (word === words[i] ? word : WILD)) };
  return found.id;
}

/** The words of a template as text. */
export function textOf(tree: TemplateTree, id: string): string | undefined {
  const found = tree.places.get(id);
  return found?.leaf[found.index]?.words.join(" ");
}

function branch(tree: TemplateTree, node: string, word: string): string {
  const children = tree.children.get(node) ?? new Set<string>();
  tree.children.set(node, children);
  const usable = !word.includes(WILD) && (children.has(word) || children.size < MOST_CHILDREN);
  const child = usable ? word : WILD;
  children.add(child);
  return `${node} ${child}`;
}

function likenessOf(template: readonly string[], words: readonly string[]): number {
  if (words.length === 0) return 1;
  let equal = 0;
  for (let i = 0; i < words.length; i++) if (template[i] === words[i] || template[i] === WILD) equal++;
  return equal / words.length;
}

/** An exception keys on its type and the top frame of the project's own code, else on its type alone. */
export function exceptionKey(record: LogRecord): string | undefined {
  const { exception } = record;
  return exception ? `${exception.type}${topFrame(exception.stack)}` : undefined;
}

/** Frames of runtimes and libraries: not the project's own. */
const FOREIGN =
  /node_modules|node:|site-packages|\/lib\/python|java\.base|^at (java|javax|jakarta|sun|org\.(springframework|apache|hibernate|postgresql)|com\.zaxxer|io\.opentelemetry)|runtime\/|net\/http/;

export function topFrame(stack: string | undefined): string {
  for (const line of stack?.split("\n").slice(1) ?? []) {
    const frame = line.trim();
    if (/^(at |File )/.test(frame) && !FOREIGN.test(frame)) return ` ${frame.replace(/[:(]?\d+\)?$/, "")}`;
  }
  return "";
}
