/** The variables of a process. */
export type Environment = Readonly<Record<string, string>>;

/** What an app may see of the environment we run in: language, time zone, and what its runtime needs to be found. */
const PASSED_ON = ["LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"];
/** An `npm run` above us describes its own package to its children; an `npm ci` below must not take it for its own. */
const OF_NPM_RUN =
  /^(INIT_CWD|npm_(package|lifecycle)_.*|npm_(command|execpath|node_execpath)|npm_config_(local_)?prefix)$/i;

/** The environment we were started with. */
export function inherited(): Environment {
  // biome-ignore lint/style/noProcessEnv: the one place; tools must be found where the person's shell finds them
  return defined(process.env);
}

/** What a build tool gets: everything (proxies, mirrors, certificates) but the surrounding `npm run`. */
export function forBuilds(outer: Environment): Environment {
  return Object.fromEntries(Object.entries(outer).filter(([name]) => !OF_NPM_RUN.test(name)));
}

/** What an app gets whatever it is: an allow-list, and a home and temporary directory inside the run directory. */
export function forApps(outer: Environment, directory: string): Environment {
  const passed = PASSED_ON.flatMap((name) => (outer[name] === undefined ? [] : [[name, outer[name]] as const]));
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LANG: "C.UTF-8",
    ...Object.fromEntries(passed),
    HOME: directory,
    TMPDIR: directory,
  };
}

function defined(variables: NodeJS.ProcessEnv): Environment {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
