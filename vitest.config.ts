import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tools/test-order.ts";
import { CountReporter } from "./tools/count-reporter.ts";

export default defineConfig({
  test: {
    // As many as the machine that runs them has at the least; Vitest would take one of two.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    reporters: ["default", new CountReporter()],
    projects: [
      { test: { name: "unit", include: ["src/**/*.test.ts", "tools/**/*.test.ts"], testTimeout: 30_000 } },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts", "test/e2e/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 900_000,
          globalSetup: ["test/integration/global-setup.ts"],
        },
      },
      {
        test: {
          name: "long",
          include: ["test/long/**/*.test.ts"],
          // 2,000 mutations take half an hour of two processors that nobody else uses.
          testTimeout: 3 * 3_600_000,
          hookTimeout: 900_000,
          fileParallelism: false,
          globalSetup: ["test/integration/global-setup.ts"],
        },
      },
    ],
  },
});
