/** A table of texts, header first. */
export type Grid = readonly (readonly string[])[];

/** Columns under each other, for a terminal. */
export function aligned(grid: Grid): string[] {
  const widths = (grid[0] ?? []).map((_, i) => Math.max(...grid.map((row) => row[i]?.length ?? 0)));
  return grid.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** The same in Markdown. */
export function piped([header = [], ...rows]: Grid): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)];
}
