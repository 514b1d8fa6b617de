import { connect, type Socket } from "node:net";

export const LOOPBACK = "127.0.0.1";

/** An open connection to one instance of a callee. */
export interface Backend {
  readonly socket: Socket;
  readonly port: number;
}

/**
 * Connects to the first of these loopback ports that does not refuse; undefined when all do. Returns what gives it up;
 * `done` is not called then.
 */
export function dial(ports: readonly number[], done: (backend: Backend | undefined) => void): () => void {
  const [port, ...others] = ports;
  if (port === undefined) {
    done(undefined);
    return () => undefined;
  }
  const socket = connect({ host: LOOPBACK, port, allowHalfOpen: true, noDelay: true });
  let giveUp = (): unknown => socket.destroy();
  const refused = (): void => {
    giveUp = dial(others, done);
  };
  socket.once("error", refused);
  socket.once("connect", () => {
    socket.off("error", refused);
    done({ socket, port });
  });
  return () => void giveUp();
}
