import type { Evidence, ResourceCorrelation } from "../investigation.ts";
import { BIN } from "./bins.ts";
import { unitOf } from "./catalogue.ts";
import { figure } from "./evidence.ts";
import type { Track } from "./readings.ts";
import { type Level, levelOf } from "./resources.ts";
import { spearman } from "./robust.ts";
import type { Scene } from "./scene.ts";
import { discoveries, pOf } from "./significance.ts";
import { ILL, type Symptom, symptomOf } from "./symptoms.ts";

/** Bins by which a resource may lead its component's symptom, and fewest bins to compare. Engine page, section 8. */
const LAGS = 6;
const FEWEST = 12;
/** False discovery rate over all pairs. H. */
const RATE = 0.1;
/** A resource has moved from this score on. H. */
const MOVED = 3;
/** Correlations weaker than this are not worth telling. H. */
const WEAK = 0.3;
const MOST = 12;

export interface Correlated {
  readonly resources: readonly ResourceCorrelation[];
  readonly evidence: readonly Evidence[];
}
interface Pair {
  readonly level: Level;
  readonly symptom: Symptom;
  readonly rho: number;
  readonly lag: number;
  readonly p: number;
}

/** Which resources of ailing components moved with their symptoms. It confirms, and never proposes a component. */
export function correlate(scene: Scene): Correlated {
  const pairs: Pair[] = [];
  const symptoms = new Map([...scene.quiet.all.keys()].map((name) => [name, symptomOf(scene, name)]));
  for (const track of scene.readings.tracks.values()) {
    const symptom = symptoms.get(track.component);
    const level = symptom && symptom.worst >= ILL ? levelOf(scene, track) : undefined;
    const pair = level && symptom && track.resource.role !== "limit" ? best(level, symptom) : undefined;
    if (pair) pairs.push(pair);
  }
  const real = discoveries(
    pairs.map((pair) => pair.p),
    RATE,
  );
  const told = pairs
    .map((pair, i) => ({ pair, significant: real[i] === true }))
    .filter(({ pair, significant }) => pair.level.z >= MOVED || (significant && Math.abs(pair.rho) >= WEAK))
    .sort((a, b) => Number(b.significant) - Number(a.significant) || weight(b.pair) - weight(a.pair))
    .slice(0, MOST);
  return {
    resources: told.map(({ pair, significant }) => correlationOf(pair, significant)),
    evidence: told.map(({ pair }) => evidenceOf(scene, pair)),
  };
}

/** Resources that moved far stand before those that only swing along. */
const weight = (pair: Pair) => Math.abs(pair.rho) * Math.log1p(Math.max(0, pair.level.z));

/** The lag at which a track and a symptom agree best; its probability pays for the lags tried. */
function best(level: Level, symptom: Symptom): Pair | undefined {
  let found: Pair | undefined;
  for (let lag = 0; lag <= LAGS; lag++) {
    const { x, y } = aligned(level.track, symptom, lag);
    if (x.length < FEWEST) continue;
    const rho = spearman(x, y);
    const p = Math.min(1, pOf(rho, x.length) * (LAGS + 1));
    if (!found || Math.abs(rho) > Math.abs(found.rho) + 1e-9) found = { level, symptom, rho, lag, p };
  }
  return found;
}

function aligned(track: Track, symptom: Symptom, lag: number) {
  const x: number[] = [];
  const y: number[] = [];
  track.bins.forEach((bin, i) => {
    const value = symptom.values.get(bin + lag);
    if (value === undefined) return;
    x.push(track.values[i] ?? 0);
    y.push(value);
  });
  return { x, y };
}

const idOf = ({ level }: Pair) => `${level.track.component}/moved/${level.track.resource.name}`;

function correlationOf(pair: Pair, significant: boolean): ResourceCorrelation {
  const { track, now, before } = pair.level;
  return {
    component: track.component,
    resource: track.resource.name,
    before,
    now,
    unit: unitOf(track.resource),
    rho: pair.rho,
    lag: pair.lag * BIN,
    significant,
    evidence: idOf(pair),
  };
}

function evidenceOf(scene: Scene, pair: Pair): Evidence {
  const { track, now, before } = pair.level;
  const { component, metric, resource } = track;
  const moves = `${resource.name} of ${component} goes from ${figure(before)} to ${figure(now)} ${unitOf(resource)}`;
  const together = pair.lag === 0 ? "together with" : `${(pair.lag * BIN) / 1000} s before`;
  return {
    id: idOf(pair),
    component,
    signal: resource.signal,
    claim: `${moves}, ${together} its ${pair.symptom.signal} (Spearman's rho ${pair.rho.toFixed(2)})`,
    direction: now >= before ? "up" : "down",
    value: now,
    normal: before,
    unit: unitOf(resource),
    query: { ask: "series", within: scene.window, component, metric },
  };
}
