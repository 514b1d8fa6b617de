import type { SafeString } from "handlebars";
import { runtime } from "./handlebars.ts";
import { plain } from "./text.ts";

/** Markup that is ours: built by `el`, which escapes all text that it takes. */
export type Markup = SafeString;
export type Child = Markup | string | number | null;
type Attributes = Readonly<Record<string, string | number | null>>;

/** An element. Strings become text, attributes are quoted and escaped; null leaves one out. */
export function el(name: string, attributes: Attributes, ...children: readonly Child[]): Markup {
  const pairs = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [` ${key}="${runtime.escapeExpression(plain(String(value), Number.POSITIVE_INFINITY))}"`],
  );
  const inner = children.map(text).join("");
  return new runtime.SafeString(`<${name}${pairs.join("")}>${inner}</${name}>`);
}

export const join = (parts: readonly Markup[]): Markup => new runtime.SafeString(parts.map(String).join(""));
/** Text of our own that must reach the page byte for byte: style sheet, script, policy. Never for what was told to us. */
export const verbatim = (ours: string): Markup => new runtime.SafeString(ours);

function text(child: Child): string {
  if (child === null) return "";
  if (child instanceof runtime.SafeString) return child.toString();
  return runtime.escapeExpression(plain(String(child)));
}
