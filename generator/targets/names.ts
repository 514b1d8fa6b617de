import { createHash } from "node:crypto";

/** An ordinary release number; the same number is good in one run and bad in another. */
export function drawVersion(random: () => number): string {
  const below = (limit: number): number => Math.floor(random() * limit);
  return `${1 + below(4)}.${below(20)}.${below(10)}`;
}

/** Opaque text from which further names are derived without drawing again. */
export function drawSecret(random: () => number): string {
  return Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32).toString(16)).join("-");
}

/** The id of the nth start of an app: opaque, shaped like a UUID, the same whenever else something is drawn. */
export function instanceId(secret: string, app: string, start: number): string {
  const hex = createHash("sha256").update(`${secret} ${app} ${start}`).digest("hex");
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
