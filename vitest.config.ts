import { defineConfig } from "vitest/config";

const rooms = "{agent,generator,scenarios,evaluator}/**";

/** Real processes come after everything else, one file at a time: two cores are all there is. */
const alone = { pool: "forks", fileParallelism: false, maxWorkers: 1, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [`${rooms}/*.test.ts`],
          exclude: ["**/*.e2e.test.ts", "**/*.full.test.ts"],
          pool: "forks",
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "end-to-end",
          include: [`${rooms}/*.e2e.test.ts`],
          ...alone,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "full",
          include: [`${rooms}/*.full.test.ts`],
          ...alone,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
