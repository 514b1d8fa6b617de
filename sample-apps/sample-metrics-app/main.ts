import { setTimeout as sleep } from "node:timers/promises";
import { newHandler } from "./http/handler.ts";
import { Listener } from "./http/listener.ts";
import { quotesApi } from "./http/quotes-api.ts";
import { openAdmin } from "./ops/admin.ts";
import { PriceList } from "./pricing/price-list.ts";
import { PricingDesk } from "./pricing/pricing-desk.ts";
import { Rates } from "./rates/rates.ts";
import { readSettings, type Settings } from "./settings.ts";
import { exceptionRecord } from "./telemetry/exception.ts";
import { log } from "./telemetry/log.ts";
import { Scrape } from "./telemetry/scrape.ts";
import { startTelemetry } from "./telemetry/telemetry.ts";

const PORT_TAKEN = 98;
/** How long the requests under way may take after the signal to end, in milliseconds. */
const DRAIN_MS = 2500;
/** How long the last telemetry may take to be sent, in milliseconds. */
const FLUSH_MS = 1500;

/** Runs until a signal to end; gives the exit code. Why a start failed is told to the collector too. */
async function run(variables: NodeJS.ProcessEnv): Promise<number> {
  const stop = new Promise((resolve) => process.on("SIGTERM", resolve).on("SIGINT", resolve));
  const settings = readSettings(variables);
  const flush = startTelemetry(variables);
  try {
    await serve(settings, stop);
    return 0;
  } catch (error) {
    if (!isPortTaken(error)) log.error(`start failed: ${messageOf(error)}`, exceptionRecord(error));
    throw error;
  } finally {
    // A collector that is away must not spoil the exit code.
    await Promise.race([flush().catch(() => undefined), sleep(FLUSH_MS)]);
  }
}

/** Answers requests until `stop`, then ends the ones under way. */
async function serve(settings: Settings, stop: Promise<unknown>): Promise<void> {
  let ready = false;
  const handler = handlerFor(settings, () => ready);
  const listener = await Listener.listen(handler, settings.host, settings.port);
  const closeAdmin = await openAdmin(settings.adminSocket);
  ready = true;
  log.info("listening", { "server.address": settings.host, "server.port": settings.port });
  await stop;
  await listener.drain(DRAIN_MS);
  await closeAdmin();
}

function handlerFor(settings: Settings, isReady: () => boolean) {
  const scrape = new Scrape();
  const rates = new Rates({
    base: settings.ratesUrl,
    timeoutMs: settings.upstreamTimeoutMs,
    retries: settings.upstreamRetries,
    lookedUp: (result) => scrape.lookedUp(result),
  });
  const desk = new PricingDesk(
    (currency) => rates.rateOf(currency),
    ({ sku, currency, amount }) => {
      scrape.priced();
      log.info("quote priced", { "app.sku": sku, "app.currency": currency, "app.amount": amount });
    },
  );
  return newHandler({ routes: quotesApi(new PriceList(), desk), scrape, isReady });
}

function failed(error: unknown): number {
  process.stderr.write(`quotes: ${messageOf(error)}\n`);
  return isPortTaken(error) ? PORT_TAKEN : 1;
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// biome-ignore lint/style/noProcessEnv: the one place; the settings are in the environment
process.exit(await run(process.env).catch(failed));
