import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { javaProgram } from "../programs.ts";
import type { Recipe } from "./recipe.ts";

const KEPT = ["app.jar", "opentelemetry-javaagent.jar"];

/** The orders app, observed by the OpenTelemetry Java agent. */
export const java: Recipe = {
  app: "java-otel-sample-app",
  name: "orders",
  builtWith: ["JDK (javac)"],
  async build({ sources, out, call }) {
    await call("mvn", "-q", "-B", "-DskipTests", "package");
    for (const file of KEPT) await copyFile(join(sources, "target", file), join(out, file));
  },
  async launch({ directory, port, sparePort, database }) {
    return {
      command: await javaProgram(),
      // Without the performance file and with a temporary directory of its own it leaves nothing behind.
      args: [
        "-Xmx256m",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        `-Djava.io.tmpdir=${directory}`,
        "-javaagent:opentelemetry-javaagent.jar",
        "-jar",
        "app.jar",
      ],
      env: {
        MANAGEMENT_PORT: String(sparePort),
        STOCK_URL: `http://127.0.0.1:${port("go-otel-sample-app")}`,
        DB_URL: `jdbc:postgresql://127.0.0.1:${port("store")}/${database.name}`,
        DB_USER: database.user,
        DB_PASSWORD: database.password,
        OTEL_JMX_TARGET_SYSTEM: "tomcat",
      },
    };
  },
};
