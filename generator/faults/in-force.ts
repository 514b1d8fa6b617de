import { setTimeout as sleep } from "node:timers/promises";
import { APPS, type AppId, type Millis } from "../targets/target.ts";
import { hurts, type Normal, normalOf, onset } from "../traffic/users.ts";
import type { Meters } from "./adapters/adapter.ts";
import { write } from "./adapters/all.ts";
import type { Bracket, Impact, Injection, Recipe, Sample, Scene } from "./fault.ts";
import type { Intent } from "./intent.ts";
import { type Keeper, nextDose, SETTLES, settled } from "./keeper.ts";
import { allReverted, revertOpen } from "./revert.ts";

/** Users feel what is fast within a minute of its acting. */
const FELT_WITHIN: Millis = 60_000;
/** A bin is known when its users have given up waiting. */
const KNOWN_AFTER: Millis = 10_000;
const LOOK: Millis = 1_000;
const BIN: Millis = 5_000;
/** Healthy bins to compare with. */
const HISTORY: Millis = 120_000;

interface Parts {
  readonly recipe: Pick<Recipe<object>, "keeper" | "feltWithin">;
  readonly params: object;
  readonly ttlMs: Millis;
  readonly intents: readonly Intent[];
  /** All numbers by which the mechanism is seen. */
  measure(): Promise<Meters>;
  readonly startedAt: Millis;
  readonly effective: Bracket;
  readonly acted: boolean;
  readonly samples: readonly Sample[];
  readonly scene: Scene;
  readonly signal: AbortSignal;
}

/** A fault that has been written: verified on its mechanism and on users, its dose kept, taken back at disposal. */
export class InForce implements Injection {
  readonly effective: Bracket;
  readonly effectiveAt: Millis;
  readonly #of: Parts;
  readonly #ended = new AbortController();
  readonly #keeping: Promise<void>;
  readonly #doses: { at: Millis; dose: number }[] = [];
  readonly #samples: Sample[];
  #outcome: string | null = null;
  #verifying: Promise<Impact> | undefined;

  constructor(parts: object & Parts) {
    this.#of = parts;
    this.effective = parts.effective;
    this.effectiveAt = parts.effective.notAfter;
    this.#samples = [...parts.samples];
    const keeper = parts.recipe.keeper?.(parts.params);
    this.#keeping = keeper ? this.#keep(keeper) : Promise.resolve();
    // Reported by verification and by disposal.
    this.#keeping.catch(() => undefined);
  }

  doses(): readonly { readonly at: Millis; readonly dose: number }[] {
    return this.#doses;
  }
  outcome(): string | null {
    return this.#outcome;
  }
  verify(): Promise<Impact> {
    this.#verifying ??= this.#verify();
    return this.#verifying;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    await this.#keeping.catch(() => undefined);
    await this.#verifying?.catch(() => undefined);
    const ids = new Set(this.#of.intents.map(({ id }) => id));
    const results = await revertOpen(this.#of.scene.journal, "disposed", ids);
    this.#outcome = results.find(({ outcome }) => outcome === "failed")?.outcome ?? results[0]?.outcome ?? "already";
    allReverted(results);
  }

  async #verify(): Promise<Impact> {
    const { scene, acted, startedAt, intents, measure, recipe, params } = this.#of;
    const normals = new Map(this.#views().map((app) => [app, this.#normal(app)]));
    const until = this.effectiveAt + (recipe.feltWithin?.(params) ?? FELT_WITHIN) + KNOWN_AFTER;
    let users = false;
    while (!users && Date.now() < until && (await this.#pause(LOOK)))
      users = this.#views().some((app) => {
        const bins = scene.users.bins(startedAt - BIN, app);
        return onset(bins, normals.get(app) ?? { badShare: 0, p95: 0 }) !== undefined;
      });
    const meters = await measure().catch((): Meters => ({}));
    this.#samples.push({ at: Date.now(), meters });
    const mechanism = acted;
    await scene.journal.append({ kind: "verified", intents: intents.map(({ id }) => id), mechanism, users });
    return { mechanism, users, evidence: this.#samples.slice(-20) };
  }

  /** All requests together, and those of each app that users enter. */
  #views(): readonly (AppId | undefined)[] {
    return [undefined, ...APPS.filter((app) => this.#of.scene.target.fronts.has(app))];
  }

  /** Normal for users before the fault; a bin that was hurt by chance is left out. */
  #normal(app: AppId | undefined): Normal {
    const { scene, startedAt } = this.#of;
    const bins = scene.users.bins(startedAt - HISTORY, app).filter((bin) => bin.from + BIN <= startedAt);
    const all = normalOf(bins);
    const calm = bins.filter((bin) => !hurts(bin, all));
    return normalOf(calm.length > 0 ? calm : bins);
  }

  async #keep(keeper: Keeper): Promise<void> {
    const { scene, startedAt } = this.#of;
    let dose = keeper.first;
    let since = startedAt;
    this.#doses.push({ at: startedAt, dose });
    while (await this.#pause(LOOK)) {
      const bins = scene.users.bins(since + SETTLES, keeper.app);
      if (settled(keeper, bins)) return;
      const next = nextDose(keeper, dose, bins.slice(-2));
      if (bins.length < 2 || next === dose) continue;
      dose = next;
      since = Date.now();
      await this.#set(keeper, dose);
      this.#doses.push({ at: since, dose });
    }
  }

  /** Never makes the fault last longer: what is left of its time is all that the new dose gets. */
  async #set(keeper: Keeper, dose: number): Promise<void> {
    const { intents, scene, startedAt, ttlMs } = this.#of;
    const left = startedAt + ttlMs - Date.now();
    for (const intent of intents) {
      const forward = { ...keeper.set(intent.forward, dose), ttlMs: Math.max(1_000, left) };
      await scene.journal.append({ kind: "dose", intent: intent.id, forward });
      await write(forward);
    }
  }

  /** False when the fault has ended meanwhile. */
  async #pause(ms: Millis): Promise<boolean> {
    const signal = AbortSignal.any([this.#ended.signal, this.#of.signal]);
    return sleep(ms, true, { signal, ref: false }).catch(() => false);
  }
}
