/** Amounts of one currency: how they are rounded and written. */
export interface Money {
  /** Rounds to the smallest coin. */
  round(amount: number): number;
  format(amount: number): string;
}

const known = new Map<string, Money>();

/** The money of a currency code. Throws RangeError for what is no currency code. */
export function moneyOf(currency: string): Money {
  const kept = known.get(currency);
  if (kept !== undefined) return kept;
  const writer = new Intl.NumberFormat("en-GB", { style: "currency", currency });
  const coins = 10 ** (writer.resolvedOptions().maximumFractionDigits ?? 2);
  const money: Money = {
    round: (amount) => Math.round(amount * coins) / coins,
    format: (amount) => writer.format(amount),
  };
  known.set(currency, money);
  return money;
}
