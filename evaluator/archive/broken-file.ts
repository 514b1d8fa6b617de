import { extname } from "node:path";
import { createGunzip } from "node:zlib";

/** What is wrong with a file whose hash is another one than its manifest says, and where, as far as it can be told. */
export async function faultIn(file: string, bytes: Buffer, expected: number): Promise<string> {
  if (bytes.length < expected) return `is cut off: it ends at byte ${bytes.length} of ${expected}`;
  if (bytes.length > expected)
    return `has been changed: ${bytes.length - expected} bytes follow its end at byte ${expected}`;
  return `has been changed: ${await placeIn(file, bytes)}`;
}

const UNSEEN = "its sha256 is not what the manifest says, though it can still be read";
const MAGIC = "PAR1";

async function placeIn(file: string, bytes: Buffer): Promise<string> {
  if (extname(file) === ".parquet") return magicOf(bytes) ?? "its sha256 is not what the manifest says";
  const { text, told } = file.endsWith(".gz")
    ? await unpacked(bytes)
    : { text: bytes.toString("utf8"), told: undefined };
  const lines = text.split("\n");
  const isWhole = file.endsWith(".arrivals") ? isInstant : isJson;
  const wrong = lines.findIndex((line, i) => !isWhole(line) && i < lines.length - 1);
  if (wrong >= 0) return `line ${wrong + 1} is not what such a file holds`;
  return told === undefined ? UNSEEN : `it cannot be unpacked after line ${lines.length - 1} (${told})`;
}

/** A Parquet file begins and ends with the same four letters. */
function magicOf(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 4).toString("latin1") !== MAGIC) return "byte 0 is not the beginning of a Parquet file";
  const end = bytes.subarray(-4).toString("latin1");
  return end === MAGIC ? undefined : `byte ${bytes.length - 4} is not the end of a Parquet file`;
}

/** As much of it as there is before it breaks. */
async function unpacked(bytes: Buffer): Promise<{ readonly text: string; readonly told: string | undefined }> {
  const gunzip = createGunzip();
  gunzip.end(bytes);
  const parts: Buffer[] = [];
  try {
    for await (const part of gunzip) parts.push(part as Buffer);
    return { text: Buffer.concat(parts).toString("utf8"), told: undefined };
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    return { text: Buffer.concat(parts).toString("utf8"), told };
  }
}

const isInstant = (line: string): boolean => /^\d+$/.test(line);
function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
