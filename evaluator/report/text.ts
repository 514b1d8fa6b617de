/** What hides or reorders text: control, format and separator characters, without new line, tab and the joiners. */
const HIDDEN = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const LONGEST = 600;

/**
 * Text from telemetry or an agent as it may stand in a page: well-formed, hidden characters made visible, and cut
 * with a word on how much was cut. Applied twice it changes nothing.
 */
export function plain(text: string, longest = LONGEST): string {
  return clip(text.toWellFormed().replace(HIDDEN, shown), longest);
}

/** A name in a sentence or a label. */
export const name = (text: string, longest = 120): string => plain(text, longest);

function shown(hidden: string): string {
  return `⟨U+${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

const CUT = / … \(\d+ more characters\)$/;

function clip(text: string, longest: number): string {
  if (text.length <= longest || CUT.test(text)) return text;
  const kept = text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept} … (${text.length - kept.length} more characters)`;
}

/** A label for a drawing: at most so many characters, the middle left out, as both ends tell names apart. */
export function label(text: string, longest: number): string {
  const characters = [...plain(text, 4 * longest)];
  if (characters.length <= longest) return characters.join("");
  const head = Math.ceil((longest - 1) / 2);
  return `${characters.slice(0, head).join("")}…${characters.slice(head + 1 - longest).join("")}`;
}

/** `a, b and c`; a word for none. */
export function listed(names: readonly string[], none = "none"): string {
  const [last, ...rest] = names.map((one) => name(one)).reverse();
  if (last === undefined) return none;
  return rest.length === 0 ? last : `${rest.reverse().join(", ")} and ${last}`;
}

export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** `1 alarm`, `2 alarms`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
