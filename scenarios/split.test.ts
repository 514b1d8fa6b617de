import { describe, expect, it } from "vitest";
import { splitOf } from "./split.ts";

describe("the split", () => {
  it("depends on the name alone, by the first byte of its SHA-256", () => {
    // sha256("abc") begins with ba = 186 = 3 x 62, sha256("") with e3 = 227.
    expect([splitOf("abc"), splitOf("")]).toEqual(["held-out", "development"]);
  });
  it("holds out nothing that the engine was written on", () => expect(splitOf("java-otel-spike")).toBe("development"));
  it("holds out a third of many names", () => {
    const names = Array.from({ length: 3_000 }, (_, i) => `name-${i}`);
    const share = names.filter((name) => splitOf(name) === "held-out").length / names.length;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.37);
  });
});
