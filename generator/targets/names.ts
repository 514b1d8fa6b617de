import { createHash } from "node:crypto";

/** An ordinary release number; the same number is good in one run and bad in another. */
export function drawVersion(random: () => number): string {
  const below = (limit: number): number => Math.floor(random() * limit);
  return `${1 + below(4)}.${below(20)}.${below(10)}`;
}

/** How often a number that is taken is drawn again: with some 800 numbers, one draw nearly always does. */
const DRAWS = 20;

/** A release number unlike those of the past, and without order to them. */
export function drawOtherVersion(random: () => number, past: ReadonlySet<string>): string {
  let version = drawVersion(random);
  for (let draws = 1; past.has(version) && draws < DRAWS; draws += 1) version = drawVersion(random);
  // A source of chance that always says the same.
  for (let patch = 10; past.has(version); patch += 1) version = version.replace(/\d+$/, String(patch));
  return version;
}

/** Opaque text from which further names are derived without drawing again. */
export function drawSecret(random: () => number): string {
  return Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32).toString(16)).join("-");
}

/** The id of the nth start of an app: opaque, shaped like a UUID, the same whenever else something is drawn. */
export function instanceId(secret: string, app: string, start: number): string {
  return digest(`${secret} ${app} ${start}`)
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The id of the nth change that is announced: opaque, without order. */
export function changeId(secret: string, nth: number): string {
  return digest(`${secret} change ${nth}`).slice(0, 16);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
