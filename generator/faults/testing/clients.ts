import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** Users in a process of their own: so many (second argument) ask a port (first) again and again, on new connections. */
const [port = 0, clients = 0] = process.argv.slice(2).map(Number);

function call(): Promise<void> {
  return new Promise((resolve) => {
    const asked = request({ host: "127.0.0.1", port, agent: false }, (answer) => {
      answer.on("error", () => resolve());
      answer.resume().on("end", () => resolve());
    });
    asked.on("error", () => resolve()).end();
  });
}

async function client(): Promise<void> {
  for (;;) {
    await call();
    await sleep(40);
  }
}
for (let nth = 0; nth < clients; nth++) void client();
