/** The first dotted number in a tool's own words, such as `17.0.15` or `1.26.8`; undefined when there is none. */
export function versionIn(text: string): string | undefined {
  return text.match(/\d+(\.\d+)*/)?.[0];
}

/** Whether a dotted version is the other one or newer, number by number; missing numbers count as 0. */
export function isAtLeast(version: string, needed: string): boolean {
  const have = version.split(".").map(Number);
  for (const [i, least] of needed.split(".").map(Number).entries()) {
    const ours = have[i] ?? 0;
    if (ours !== least) return ours > least;
  }
  return true;
}

/** Major and minor number: what decides whether something built with one release runs with another. */
export function line(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
