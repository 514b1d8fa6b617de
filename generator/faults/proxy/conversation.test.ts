import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Conversation } from "./conversation.ts";

const GET = "GET /a?b=c HTTP/1.1\r\nhost: a\r\n\r\n";
const POST = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n";
const OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
const CHUNKS = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

const rows: readonly (readonly [what: string, client: string, server: string, idle: boolean])[] = [
  ["nothing said yet", "", "", true],
  ["half a request", GET.slice(0, 20), "", false],
  ["a request", GET, "", false],
  ["an answer whose body is not complete", GET, OK.slice(0, -1), false],
  ["an answer with a length", GET, OK, true],
  ["an answer with an empty body", GET, OK.replace("length: 2", "length: 0").slice(0, -2), true],
  ["chunks without an end", GET, `${CHUNKS}3\r\nabc\r\n`, false],
  [
    "chunks, one with an extension, and the end",
    GET,
    `${CHUNKS}3;x=y\r\nabc\r\nA\r\n\r\n23456\r\n\n\r\n0\r\n\r\n`,
    true,
  ],
  ["chunks and a trailer", GET, `${CHUNKS}1\r\na\r\n0\r\nsum: 1\r\n\r\n`, true],
  ["chunks and half a trailer", GET, `${CHUNKS}1\r\na\r\n0\r\nsum: 1\r\n`, false],
  ["an answer that the server's close would end", GET, "HTTP/1.1 200 OK\r\n\r\nok", false],
  ["an answer that has no body whatever it says", GET, "HTTP/1.1 304 -\r\ncontent-length: 9\r\n\r\n", true],
  ["an answer to HEAD", GET.replace("GET", "HEAD"), OK.slice(0, -2), true],
  ["an interim answer", POST, "HTTP/1.1 100 Continue\r\n\r\n", false],
  ["an interim answer and the real one", `${POST}abc`, `HTTP/1.1 100 Continue\r\n\r\n${OK}`, true],
  ["an early answer, the request not complete", `${POST}a`, OK, false],
  ["two requests at once, one answered", GET + GET, OK, false],
  ["two requests at once, both answered", `${POST}abc${GET}`, OK + OK, true],
  ["a line end between two requests", `${GET}\r\n${GET}`, OK + OK, true],
  ["a server that will close", GET, OK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"), false],
  ["a client that wants it closed", GET.replace("host: a", "connection: TE, close"), OK, false],
  ["an old client", GET.replace("1.1", "1.0"), OK, false],
  ["an old client that stays", GET.replace("1.1\r\n", "1.0\r\nconnection: Keep-Alive\r\n"), OK, true],
  ["another protocol from now on", GET, "HTTP/1.1 101 -\r\nupgrade: x\r\n\r\n", false],
  ["a tunnel", "CONNECT a:1 HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", false],
  ["an answer that nobody asked for", "", OK, false],
  ["a length that is none", GET, OK.replace("length: 2", "length: two"), false],
  ["a database's first message", "\0\0\0\u0008\u0004\u00d2\u0016/", "N", false],
  ["a server that speaks first", "", "220 ready\r\n\r\n", false],
  ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "", false],
  ["a head that never ends", `GET / HTTP/1.1\r\n${"a: b\r\n".repeat(20_000)}\r\n`, OK, false],
];

function idleAfter(client: readonly Buffer[], server: readonly Buffer[]): boolean {
  const talk = new Conversation();
  for (const chunk of client) talk.fromClient(chunk);
  for (const chunk of server) talk.fromServer(chunk);
  return talk.idle;
}

/** Cuts text into pieces of these lengths, the last one whatever remains. */
function pieces(text: string, lengths: readonly number[]): Buffer[] {
  const all: Buffer[] = [];
  let rest = Buffer.from(text, "latin1");
  for (const length of lengths) {
    if (rest.length === 0) break;
    all.push(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return rest.length > 0 ? [...all, rest] : all;
}

describe("between two exchanges or not", () => {
  it.each(rows)("%s", (_, client, server, idle) =>
    expect(idleAfter(pieces(client, []), pieces(server, []))).toBe(idle),
  );

  it("does not depend on how the bytes are cut into chunks", () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 30 });
    const short = rows.filter(([, client]) => client.length < 1_000);
    fc.assert(
      fc.property(
        fc.constantFrom(...short),
        cuts,
        cuts,
        ([, client, server, idle], there, back) => idleAfter(pieces(client, there), pieces(server, back)) === idle,
      ),
      { numRuns: 500 },
    );
  });
});
