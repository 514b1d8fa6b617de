import { createServer } from "node:net";
import { createInterface } from "node:readline";

/** Answers each line of JSON with one, on a unix socket that only its owner may open. */
export async function serve(path: string, answer: (message: Message) => object): Promise<AsyncDisposable> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    createInterface({ input: socket }).on("line", (line) => {
      if (socket.writable) socket.write(`${JSON.stringify(answer(JSON.parse(line) as Message))}\n`);
    });
  });
  const mask = process.umask(0o177);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
    process.umask(mask);
  });
  return {
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export type Message = Readonly<Record<string, unknown>> & { readonly op: string };
