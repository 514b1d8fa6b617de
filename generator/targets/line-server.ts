import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

/** Takes away all rights but the owner's to read and write. */
const OWNER_ONLY = 0o177;

/**
 * Serves newline JSON on a unix socket that only its owner may open: every line is answered with one line, in order.
 * Disposal cuts whoever is connected.
 */
export async function serveLines(path: string, answer: (line: string) => object): Promise<AsyncDisposable> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    converse(socket, answer);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    // The socket is made at once; files that are made later must not get its mode.
    const mask = process.umask(OWNER_ONLY);
    try {
      server.listen(path, resolve);
    } finally {
      process.umask(mask);
    }
  });
  return {
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

function converse(socket: Socket, answer: (line: string) => object): void {
  socket.on("error", () => socket.destroy());
  createInterface({ input: socket }).on("line", (line) => {
    if (socket.writable) socket.write(`${JSON.stringify(answer(line))}\n`);
  });
}
