import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { CallFailure } from "./call-failure.ts";
import { Rates } from "./rates.ts";

/** Rates from a provider that lives as long as the test. */
async function ratesFrom(context: TestContext, provider: RequestListener, retries = 0) {
  const server = createServer(provider).listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const lookUps: string[] = [];
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rates = new Rates({ base, timeoutMs: 100, retries, lookedUp: (result) => lookUps.push(result) });
  return { rates, lookUps, server };
}

const failsWith = (status: number, type: string) => (error: unknown) =>
  error instanceof CallFailure && error.status === status && error.message === `no rate: ${type}`;

test("a rate is asked for once and then kept", async (context) => {
  const asked: unknown[] = [];
  const { rates, lookUps } = await ratesFrom(context, (request, response) => {
    asked.push(request.url);
    response.end(JSON.stringify({ rate: 1.5 }));
  });
  assert.equal(await rates.rateOf("USD"), 1.5);
  assert.equal(await rates.rateOf("USD"), 1.5);
  assert.equal(await rates.rateOf("GBP"), 1.5);
  assert.deepEqual(asked, ["/rates?currency=USD", "/rates?currency=GBP"]);
  assert.deepEqual(lookUps, ["miss", "hit", "miss"]);
});

test("a provider that is silent, broken or away is told apart", async (context) => {
  const silent = await ratesFrom(context, () => undefined);
  await assert.rejects(silent.rates.rateOf("EUR"), failsWith(504, "TimeoutError"));
  const halfway = await ratesFrom(context, (_, response) => response.writeHead(200).write("{"));
  await assert.rejects(halfway.rates.rateOf("EUR"), failsWith(504, "TimeoutError"));
  const broken = await ratesFrom(context, (_, response) => response.writeHead(503).end());
  await assert.rejects(broken.rates.rateOf("EUR"), failsWith(502, "503"));
  const babbling = await ratesFrom(context, (_, response) => response.end('{"rate":"much"}'));
  await assert.rejects(babbling.rates.rateOf("EUR"), failsWith(502, "BadAnswer"));
  const rude = await ratesFrom(context, (request) => request.socket.destroy());
  await assert.rejects(rude.rates.rateOf("EUR"), failsWith(502, "UND_ERR_SOCKET"));
  const away = await ratesFrom(context, () => undefined);
  away.server.close();
  await assert.rejects(away.rates.rateOf("EUR"), failsWith(502, "ECONNREFUSED"));
});

test("a failed call is repeated as often as wanted", async (context) => {
  let calls = 0;
  const { rates } = await ratesFrom(
    context,
    (_, response) => {
      calls += 1;
      response.writeHead(calls < 3 ? 500 : 200).end('{"rate":2}');
    },
    2,
  );
  assert.equal(await rates.rateOf("EUR"), 2);
  assert.equal(calls, 3);
});
