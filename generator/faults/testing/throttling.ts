import { throttle } from "../adapters/process.ts";
import { Forward } from "../intent.ts";

/** A harness to be killed: it has a process throttled, its one argument being the order, and would stay for ever. */
const order = Forward.parse(JSON.parse(process.argv[2] ?? ""));
if (order.kind !== "process.throttle") throw new Error(order.kind);
await throttle.apply(order);
process.stdout.write("throttled\n");
setInterval(() => undefined, 1_000);
