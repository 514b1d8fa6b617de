import { expect, it } from "vitest";
import { csvLine, csvRecords, csvRows } from "./csv.ts";

const CASES: readonly (readonly [string, string, readonly (readonly string[])[]])[] = [
  ["plain cells", "a,b\n1,2\n", [["a", "b"], ["1", "2"]]],
  ["no line end at the end", "a,b", [["a", "b"]]],
  ["lines that end as on Windows, and a byte order mark", "\uFEFFa,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]],
  ["empty cells, also the last", "a,,\n,b,", [["a", "", ""], ["", "b", ""]]],
  ["empty lines, which are none", "a\n\nb\n", [["a"], ["b"]]],
  ["commas, quotes and line ends in quotes", '"a,""b""\n",c\n', [['a,"b"\n', "c"]]],
  ["JSON escaped twice", '"{""log"":""{\\""m\\"": 1}\\n""}"\n', [['{"log":"{\\"m\\": 1}\\n"}']]],
]; // biome-ignore format: a table reads better than a column

for (const [what, text, rows] of CASES) it(`reads ${what}`, () => expect([...csvRows(text)]).toEqual(rows));

it("reads back what it has written", () => {
  const cells = ['say "x"', "a,b", "line\nend", "", "plain"];
  expect([...csvRows(csvLine(cells))]).toEqual([cells]);
});

it("names the cells of a record, and takes a missing one as empty", () =>
  expect([...csvRecords("a,b\n1\n")]).toEqual([{ a: "1", b: "" }]));
