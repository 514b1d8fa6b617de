import type { Environment } from "../environment.ts";
import type { AppId, ServiceId } from "../target.ts";

/** Where a build works. */
export interface BuildSite {
  /** A copy of the app's sources, thrown away afterwards. */
  readonly sources: string;
  /** Which of the app's releases is wanted. */
  readonly release: string;
  /** What is to be kept goes here. */
  readonly out: string;
  /** Runs a tool in `sources`; throws when it fails. */
  call(command: string, ...args: string[]): Promise<void>;
}

/** Where an app runs. */
export interface LaunchSite {
  /** What the build kept; everything in it is linked into `directory` under the same name. */
  readonly artifact: string;
  /** The app's working directory. */
  readonly directory: string;
  /** The port of the path to a callee. */
  port(callee: ServiceId): number;
  /** One more free port, the same at every restart. */
  readonly sparePort: number;
  readonly database: { readonly name: string; readonly user: string; readonly password: string };
}

/** How one app is built and run. */
export interface Recipe {
  readonly app: AppId;
  /** What people call it; its directories, sockets and logs are named after it. */
  readonly name: string;
  /** Tools (of `toolchains`) whose releases must match between build and run. */
  readonly builtWith: readonly string[];
  /** The releases that these source files (relative paths) can be built as; `base` always. */
  releases(files: readonly string[]): readonly string[];
  build(site: BuildSite): Promise<void>;
  launch(site: LaunchSite): Promise<{
    readonly command: string;
    readonly args: readonly string[];
    readonly env: Environment;
  }>;
}
