import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{agent,generator,scenarios,evaluator}/**/*.test.ts"],
    exclude: ["**/*.e2e.test.ts"],
    pool: "forks",
    maxWorkers: 2,
  },
});
