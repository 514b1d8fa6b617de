import statistical from "../../agent/agents/statistical.ts";
import spike from "../../scenarios/java-otel-spike.ts";
import { hold } from "../trial.ts";
import { short } from "./short.ts";
import { stage } from "./stage.ts";

/** A drill to be interrupted or killed: it says where it works, then each of its events on a line. */
const stop = new AbortController();
process.on("SIGINT", () => stop.abort());
const on = await stage();
process.stdout.write(`${JSON.stringify({ root: on.root, state: on.state })}\n`);
const lengths = { "warm-up": 5, steady: 62, watch: 300, recovery: 60 };
const options = on.options("java-otel-spike", short(spike, lengths), statistical, 3);
const event = ({ kind }: { readonly kind: string }): void =>
  void (kind !== "outcomes" && process.stdout.write(`${kind}\n`));
const line = (text: string): void => void process.stdout.write(`${text}\n`);
try {
  await hold({ ...options, show: { ...options.show, event, line } }, stop.signal);
} catch (error) {
  process.stdout.write(`threw ${String(error)}\n`);
  process.exitCode = stop.signal.aborted ? 130 : 1;
}
