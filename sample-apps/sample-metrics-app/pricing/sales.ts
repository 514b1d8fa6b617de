/** Days of sales kept of each product: two years of whole weeks. */
export const SALES_DAYS = 728;

/** What a day of the week sells, as a share of the mean day. */
const WEEK = [1.02, 0.94, 0.91, 0.97, 1.18, 1.26, 0.72] as const;

/** The units of a product sold on each day, the oldest day first: a function of the product number alone. */
export function salesOf(number: number): Float64Array {
  const sales = new Float64Array(SALES_DAYS);
  const mean = 4 + ((number * 13) % 40);
  const growth = (((number * 11) % 41) - 20) / 100;
  let state = number * 2_654_435_761;
  for (let day = 0; day < SALES_DAYS; day++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const swing = 0.75 + state / 2 ** 33;
    const share = WEEK[day % WEEK.length] ?? 1;
    sales[day] = Math.round(mean * share * swing * (1 + (growth * day) / SALES_DAYS));
  }
  return sales;
}
