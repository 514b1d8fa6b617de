import { context, createContextKey } from "@opentelemetry/api";

const KEY = createContextKey("quotes.resend");

/** Does work as the nth repeat of a call: 0 is the first attempt. */
export function asRepeat<T>(nth: number, work: () => T): T {
  return context.with(context.active().setValue(KEY, nth), work);
}

/** Which repeat is being made; 0 for none. */
export function currentRepeat(): number {
  const nth = context.active().getValue(KEY);
  return typeof nth === "number" ? nth : 0;
}
