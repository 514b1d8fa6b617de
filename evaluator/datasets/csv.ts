/** The rows of a CSV text (RFC 4180): cells may be quoted, hold doubled quotes, commas and line ends. Empty lines are skipped. */
export function* csvRows(text: string): Generator<string[]> {
  let row: string[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const [cell, end] = text[at] === '"' ? quoted(text, at + 1) : plain(text, at);
    row.push(cell);
    if (text[end] === ",") {
      at = end + 1;
      // A comma before the end of the text is followed by one empty cell more.
      if (at === text.length) row.push("");
      continue;
    }
    at = text.startsWith("\r\n", end) ? end + 2 : end + 1;
    if (row.length > 1 || cell !== "") yield row;
    row = [];
  }
  if (row.length > 0) yield row;
}

/** The rows as records by the names in the first row; a missing cell is empty. */
export function* csvRecords(text: string): Generator<Readonly<Record<string, string>>> {
  let names: readonly string[] | undefined;
  for (const row of csvRows(text)) {
    if (names === undefined) names = row;
    else yield Object.fromEntries(names.map((name, i) => [name, row[i] ?? ""]));
  }
}

function quoted(text: string, from: number): readonly [string, number] {
  let cell = "";
  let at = from;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) return [cell + text.slice(at), text.length];
    cell += text.slice(at, end);
    if (text[end + 1] !== '"') return [cell, end + 1];
    cell += '"';
    at = end + 2;
  }
}

const COMMA = 44;
const LINE_FEED = 10;
const RETURN = 13;
function plain(text: string, from: number): readonly [string, number] {
  let end = from;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === COMMA || code === LINE_FEED || code === RETURN) break;
  }
  return [text.slice(from, end), end];
}

/** A number, NaN for an empty cell or one that is none. */
export const numberIn = (cell: string | undefined): number =>
  cell === undefined || cell.trim() === "" ? Number.NaN : Number(cell);

/** One row as CSV, quoted where it has to be. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(",")}\n`;
}
