import { copyFile, cp } from "node:fs/promises";
import { join } from "node:path";
import { javaProgram } from "../programs.ts";
import type { Recipe } from "./recipe.ts";
import { BASE, releasesIn } from "./releases.ts";

const AGENT = "opentelemetry-javaagent.jar";
/** Of the agent's many instrumentations those that this app has something for: it starts in a third of the time. */
const INSTRUMENTED = [
  "TOMCAT", "SERVLET", "SPRING_WEBMVC", "JDBC", "HIKARICP", "APACHE_HTTPCLIENT", "LOGBACK_APPENDER", "OPENTELEMETRY_API",
  "RUNTIME_TELEMETRY", "JMX_METRICS",
]; // biome-ignore format: a table reads better than a column

/** The orders app, observed by the OpenTelemetry Java agent. */
export const java: Recipe = {
  app: "java-otel-sample-app",
  name: "orders",
  builtWith: ["JDK (javac)"],
  releases: (files) => releasesIn(files, /^src[/\\]release[/\\]([^/\\]+)[/\\]/),
  async build({ sources, release, out, call }) {
    const profile = release === BASE ? [] : [`-P${release}`];
    await call("mvn", "-q", "-B", "-DskipTests", ...profile, "package");
    await call("java", "-Djarmode=tools", "-jar", join("target", "app.jar"), "extract", "--destination", "extracted");
    await cp(join(sources, "extracted"), out, { recursive: true });
    await copyFile(join(sources, "target", AGENT), join(out, AGENT));
  },
  async launch({ directory, port, sparePort, database }) {
    return {
      command: await javaProgram(),
      // Without the performance file and with a temporary directory of its own it leaves nothing behind. The serial
      // collector is the JVM's own choice for so small a heap in a container; the fast compiler alone leaves the two
      // cores of a laptop to the requests.
      args: [
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        `-Djava.io.tmpdir=${directory}`,
        `-javaagent:${AGENT}`,
        "-jar",
        "app.jar",
      ],
      env: {
        MANAGEMENT_PORT: String(sparePort),
        STOCK_URL: `http://127.0.0.1:${port("go-otel-sample-app")}`,
        DB_URL: `jdbc:postgresql://127.0.0.1:${port("store")}/${database.name}`,
        DB_USER: database.user,
        DB_PASSWORD: database.password,
        OTEL_INSTRUMENTATION_COMMON_DEFAULT_ENABLED: "false",
        ...Object.fromEntries(INSTRUMENTED.map((name) => [`OTEL_INSTRUMENTATION_${name}_ENABLED`, "true"])),
        // the load of the host, as the JVM sees it
        OTEL_INSTRUMENTATION_RUNTIME_TELEMETRY_EMIT_EXPERIMENTAL_METRICS: "true",
        OTEL_JMX_TARGET_SYSTEM: "tomcat",
      },
    };
  },
};
