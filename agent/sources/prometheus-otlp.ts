import { fromOtlpJson, type OtlpRequest } from "./otlp-codec.ts";
import type { Family, Sample } from "./prometheus-text.ts";

const CUMULATIVE = 2;
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/_seconds(_total)?$/, "s"],
  [/_bytes(_total)?$/, "By"],
  [/_ratio$/, "1"],
];
/** Who was scraped: `instance` is its `host:port`, as a Prometheus says it. */
export interface Scraped {
  readonly component: string;
  readonly instance: string;
  readonly at: number;
}

/** A scrape as an OTLP request, so that the store, the recording and its replay know one form only. */
export function scrapeToOtlp(families: readonly Family[], { component, instance, at }: Scraped): OtlpRequest {
  const time = { timeUnixNano: `${Math.round(at)}000000` };
  const attribute = (key: string, value: string): object => ({ key, value: { stringValue: value } });
  return fromOtlpJson("metrics", {
    resourceMetrics: [
      {
        resource: {
          attributes: [attribute("service.name", component), attribute("service.instance.id", instance)],
        },
        scopeMetrics: [{ metrics: families.flatMap((family) => metricOf(family, time) ?? []) }],
      },
    ],
  });
}

function metricOf(family: Family, time: object): object | undefined {
  const unit = UNITS.find(([pattern]) => pattern.test(family.name))?.[1] ?? "";
  const named = { name: family.name, unit, description: family.help };
  const numbers = family.samples
    .filter(({ value }) => Number.isFinite(value))
    .map(({ labels, value }) => ({ ...time, attributes: attributesOf(labels), asDouble: value }));
  switch (family.type) {
    case "histogram":
    case "summary":
      return { ...named, histogram: { aggregationTemporality: CUMULATIVE, dataPoints: histograms(family, time) } };
    case "counter":
      return numbers.length === 0
        ? undefined
        : { ...named, sum: { aggregationTemporality: CUMULATIVE, isMonotonic: true, dataPoints: numbers } };
    default:
      return numbers.length === 0 ? undefined : { ...named, gauge: { dataPoints: numbers } };
  }
}

function attributesOf(labels: Readonly<Record<string, string>>): object[] {
  return Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

/** Joins `_bucket`, `_sum` and `_count` of equal labels; Prometheus counts buckets up, OTLP apart. */
function histograms(family: Family, time: object): object[] {
  const groups = Map.groupBy(family.samples, ({ labels }) => JSON.stringify(without(labels)));
  return [...groups.values()].flatMap((samples) => {
    const one = (suffix: string): Sample | undefined => samples.find(({ name }) => name === `${family.name}${suffix}`);
    const count = one("_count")?.value;
    if (count === undefined) return [];
    const buckets = samples
      .filter(({ name }) => name === `${family.name}_bucket`)
      .map(({ labels, value }) => ({ le: Number(labels["le"]?.replace("+Inf", "Infinity")), value }))
      .sort((a, b) => a.le - b.le);
    const bounds = buckets.map(({ le }) => le).filter(Number.isFinite);
    const counts = buckets.map(({ value }, i) => String(value - (buckets[i - 1]?.value ?? 0)));
    const explicit = bounds.length > 0 ? { explicitBounds: bounds, bucketCounts: counts } : {};
    const attributes = attributesOf(without(samples[0]?.labels ?? {}));
    return [{ ...time, attributes, count: String(count), sum: one("_sum")?.value ?? 0, ...explicit }];
  });
}

function without({
  le: _le,
  quantile: _quantile,
  ...labels
}: Readonly<Record<string, string>>): Record<string, string> {
  return labels;
}
