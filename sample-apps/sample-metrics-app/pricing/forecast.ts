/** What the coming days are expected to sell. */
export interface Forecast {
  /** Units on a mean day, now. */
  readonly level: number;
  /** Change of the level from one day to the next, in units. */
  readonly trend: number;
  /** Root of the mean squared error of the days past, in units. */
  readonly error: number;
}

/** How fast the level, the trend and the shape of the week follow the last day, each from 0 (never) to 1 (at once). */
interface Pace {
  readonly level: number;
  readonly trend: number;
  readonly week: number;
}

const WEEK = 7;
const PACES: readonly Pace[] = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8].flatMap((level) =>
  [0.005, 0.01, 0.02, 0.05, 0.1, 0.2].flatMap((trend) =>
    [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5].map((week) => ({ level, trend, week })),
  ),
);

/** Forecasts by exponential smoothing with a trend and a weekly season, at the pace that fits the days past best. */
export function forecast(sales: Float64Array): Forecast {
  const season = new Float64Array(WEEK);
  let best: Forecast = { level: 0, trend: 0, error: Number.POSITIVE_INFINITY };
  for (const pace of PACES) {
    const fit = smooth(sales, season, pace);
    if (fit.error < best.error) best = fit;
  }
  return best;
}

/** Goes through the days at one pace; the first week sets the level and the season. */
function smooth(sales: Float64Array, season: Float64Array, pace: Pace): Forecast {
  let level = 0;
  for (let day = 0; day < WEEK; day++) level += at(sales, day) / WEEK;
  for (let day = 0; day < WEEK; day++) season[day] = at(sales, day) - level;
  let trend = 0;
  let squares = 0;
  for (let day = WEEK; day < sales.length; day++) {
    const sold = at(sales, day);
    const usual = at(season, day % WEEK);
    const expected = level + trend;
    squares += (sold - expected - usual) ** 2;
    const before = level;
    level = pace.level * (sold - usual) + (1 - pace.level) * expected;
    trend = pace.trend * (level - before) + (1 - pace.trend) * trend;
    season[day % WEEK] = pace.week * (sold - level) + (1 - pace.week) * usual;
  }
  return { level, trend, error: Math.sqrt(squares / Math.max(1, sales.length - WEEK)) };
}

/** A number of a list, known to be there. */
function at(list: Float64Array, index: number): number {
  return list[index] as number;
}
