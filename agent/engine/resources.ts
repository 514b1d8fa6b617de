import type { Component } from "../telemetry/model.ts";
import { BIN, type Bin } from "./bins.ts";
import { type Resource, unitOf } from "./catalogue.ts";
import { type Fact, figure, percent, type Scored, scored } from "./evidence.ts";
import { historyOf, normalOf, type Readings, type Track, trackKey, valuesIn } from "./readings.ts";
import { quantile, score, sorted } from "./robust.ts";
import type { Scene } from "./scene.ts";

/** A resource in the incident against quiet time. */
export interface Level {
  readonly track: Track;
  readonly now: number;
  readonly before: number;
  /** Score of what the higher traffic does not explain. */
  readonly z: number;
  readonly values: readonly number[];
}

/** A pool counts as full from this share of its limit on. */
export const FULL = 0.95;
const HIGH = 0.8;
/** Bytes and ratio by which memory must rise. X1. */
const MEMORY_STEP = 50 * 1024 * 1024;
const MEMORY_RATIO = 1.3;
/** Resources that grow with the rate by their nature. */
const GROWS = new Set<Resource["role"]>(["cpu", "used", "hold", "miss", "other", "stall"]);

export const firstBin = (scene: Scene): Bin => Math.floor(scene.onset / BIN);

/** A track's level in the incident: its upper quartile, so that the first, half-healthy bin does not count. */
export function levelOf(scene: Scene, track: Track): Level | undefined {
  const normal = normalOf(track, scene.quiet.history);
  const values = valuesIn(track, firstBin(scene), scene.readings.closed);
  if (!normal || values.length === 0) return undefined;
  const now = quantile(sorted(values), 0.75);
  const ratio = scene.surge?.ratios.get(track.component) ?? 1;
  const grown = GROWS.has(track.resource.role) ? normal.middle * Math.max(1, ratio) : normal.middle;
  return { track, now, before: normal.middle, z: score(now - (grown - normal.middle), normal), values };
}

/** Channels C and M, and the locks of channel P, of every component that sends metrics. */
export function resources(scene: Scene): readonly Scored[] {
  const found: Scored[] = [];
  for (const track of scene.readings.tracks.values()) {
    const level = levelOf(scene, track);
    if (level) found.push(...judge(scene, level));
  }
  return found;
}

function judge(scene: Scene, level: Level): readonly Scored[] {
  const { resource } = level.track;
  switch (resource.role) {
    case "cpu":
      return level.z >= 3 ? [fact(scene, level, "C", "cpu-up", level.z)] : [];
    case "memory":
      return memory(scene, level);
    case "stall":
      if (level.z < 3) return [];
      return resource.group === "gc"
        ? [fact(scene, level, "M", "gc", level.z)]
        : [fact(scene, level, "C", "stall", level.z)];
    case "lock":
      // Half a second of waiting a second; less is ordinary.
      return level.now >= 0.5 && level.z >= 3 ? [fact(scene, level, "P", "lock-wait", level.now * 100)] : [];
    case "blocked":
      return level.z >= 3 ? [fact(scene, level, "P", "blocked", level.z * 3)] : [];
    case "miss":
      return level.now >= 1.5 * level.before && level.z >= 3 ? [fact(scene, level, "E", "misses", level.z / 50)] : [];
    case "other":
      return share(scene, level);
    default:
      return [];
  }
}

function share(scene: Scene, level: Level): readonly Scored[] {
  const ratio = level.track.resource.name === "cpu share" || level.track.resource.name === "event loop utilisation";
  return ratio && level.now >= HIGH && level.z >= 3 ? [fact(scene, level, "C", "cpu-high", level.z)] : [];
}

/** Memory counts if its p95 rose by 50 MB and to 1.3 of the median; the sawtooth of a heap between collections does not. */
function memory(scene: Scene, level: Level): readonly Scored[] {
  const after = scene.readings.tracks.has(trackKey(level.track.component, "memory after collection"));
  if (level.track.metric === "jvm.memory.used" && after) return [];
  const history = sorted(historyOf(level.track, scene.quiet.history));
  const top = quantile(history, 0.95);
  const rose = level.now - top >= MEMORY_STEP && level.now >= MEMORY_RATIO * level.before;
  return rose && level.z >= 3 ? [fact(scene, level, "M", "memory-up", level.z)] : [];
}

function fact(scene: Scene, level: Level, channel: "C" | "M" | "P" | "E", name: Fact, x: number): Scored {
  const { component, metric, resource } = level.track;
  const unit = unitOf(resource);
  const claim = `${resource.name} of ${component} is ${figure(level.now)} ${unit}, normally ${figure(level.before)}`;
  const query = { ask: "series", within: scene.window, component, metric } as const;
  const { signal } = resource;
  return scored(channel, name, component, x, { signal, claim, value: level.now, normal: level.before, unit, query });
}

/** A pool, set of workers or table of descriptors of one component. */
export interface Pool {
  readonly component: Component;
  readonly group: string;
  readonly used: Level;
  readonly limit: number | undefined;
  readonly pending: Level | undefined;
  readonly wait: Level | undefined;
}

export function poolsOf(scene: Scene, readings: Readings): readonly Pool[] {
  const found: Pool[] = [];
  const byComponent = Map.groupBy(readings.tracks.values(), (track) => track.component);
  for (const track of readings.tracks.values()) {
    if (track.resource.role !== "used") continue;
    const used = levelOf(scene, track);
    if (!used) continue;
    const { component } = track;
    const of = (role: Resource["role"]) => {
      const alike = (other: Track) => other.resource.role === role && other.resource.group === track.resource.group;
      for (const other of byComponent.get(component) ?? []) {
        const level = alike(other) ? levelOf(scene, other) : undefined;
        if (level) return level;
      }
      return undefined;
    };
    found.push({
      component,
      group: track.resource.group,
      used,
      limit: of("limit")?.now,
      pending: of("pending"),
      wait: of("wait"),
    });
  }
  return found;
}

/** Is somebody kept waiting, and is nothing left? Without a known limit a clear wait is enough. */
export function isExhausted(pool: Pool): boolean {
  const waiting = (pool.pending?.z ?? 0) >= 1 || (pool.wait?.z ?? 0) >= 3;
  const full = pool.limit === undefined ? undefined : Math.max(...pool.used.values) >= FULL * pool.limit;
  if (pool.group === "files") return full === true;
  return full === undefined ? waiting && pool.used.z >= 3 : full && (waiting || pool.wait === undefined);
}

/** Channel P for one exhausted pool: its wait in ms, or those waiting. */
export function exhausted(scene: Scene, pool: Pool): Scored {
  const { component, metric, resource } = pool.used.track;
  const waited = pool.wait ? Math.max(0, pool.wait.now - pool.wait.before) * 1000 : 0;
  const x = Math.max(waited, 3 * (pool.pending?.now ?? 0), 10);
  const limit = pool.limit === undefined ? "" : ` of ${figure(pool.limit)} (${percent(pool.used.now / pool.limit)})`;
  const wait = waited > 0 ? `, a wait of ${figure(waited)} ms` : "";
  const pending = pool.pending ? `, ${figure(pool.pending.now)} waiting` : "";
  const claim = `${resource.name} of ${component}: ${figure(pool.used.now)}${limit}${pending}${wait}; normally ${figure(pool.used.before)}`;
  const query = { ask: "series", within: scene.window, component, metric } as const;
  const told = {
    signal: resource.signal,
    claim,
    value: pool.used.now,
    normal: pool.used.before,
    unit: "1",
    query,
  } as const;
  return scored("P", "pool-full", component, x, told);
}
