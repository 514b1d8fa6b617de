import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostile } from "./fixture/hostile.ts";
import { investigated, PROVENANCE } from "./fixture/investigated.ts";
import { STATES } from "./fixture/states.ts";
import { renderInvestigation } from "./investigation-page.ts";
import { renderReport } from "./render.ts";

const PLACES = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
const SKIPPED = "skipped: no Chromium";
if (!executablePath) process.stderr.write(`${SKIPPED}\n`);
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

const PAGES = {
  correct: () => renderReport(STATES.correct()),
  invalid: () => renderReport(STATES.invalid()),
  "agent-error": () => renderReport(STATES["agent-error"]()),
  "all-clear": () => renderReport(STATES["all-clear"]()),
  hostile: () => renderReport(hostile((text) => `${text}"></td><script>alert(1)</script><img src=x onerror=alert(1)>`)),
  long: () => renderReport(hostile((text) => text + "x".repeat(10_000))),
  investigation: () => renderInvestigation(investigated("correct"), PROVENANCE),
};
/** Each costs seconds: both colour schemes and both layouts of the whole page, and what only other states show. */
const CHECKED = [
  ["correct", 1280, "light"],
  ["correct", 360, "dark"],
  ["invalid", 1280, "dark"],
  ["agent-error", 360, "light"],
  ["all-clear", 1280, "light"],
  ["investigation", 1280, "dark"],
  ["investigation", 360, "light"],
] as const;

describe.skipIf(!executablePath)(executablePath ? "a report in Chromium" : SKIPPED, () => {
  let folder = "";
  let browser: Browser;
  let axe = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "report-"));
    axe = await readFile(AXE, "utf8");
    for (const [name, render] of Object.entries(PAGES)) await writeFile(join(folder, `${name}.html`), render());
    browser = await chromium.launch({ args: ARGS, ...(executablePath ? { executablePath } : {}) });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens a page and collects what the browser complains of, and what it asks the network for. */
  async function open(name: string, width: number, colorScheme: "light" | "dark"): Promise<[Page, string[]]> {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => complaints.push(`dialog ${dialog.message()}`));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    return [page, complaints];
  }
  it.each(CHECKED)(
    "%s at %i px, %s, is reachable for all",
    async (name, width, scheme) => {
      const [page] = await open(name, width, scheme);
      const run = `${axe}; axe.run(document).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + " " + target)))`;
      expect(await page.evaluate(run)).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  it.each(Object.keys(PAGES))(
    "%s: nothing is blocked or fetched, nothing is wider than the window",
    async (name) => {
      for (const width of [360, 768, 1280]) {
        const [page, complaints] = await open(name, width, "light");
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
        expect(await page.evaluate("document.querySelectorAll('script, style, img').length")).toBe(3);
        expect(complaints).toEqual([]);
        await page.context().close();
      }
    },
    30_000,
  );

  it("is dark or light at the press of a key, and begins with a way past the head", async () => {
    const [page] = await open("correct", 1280, "light");
    const ground = (): Promise<string> => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const before = await ground();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.id")).toBe("theme");
    await page.keyboard.press("Enter");
    expect(await ground()).not.toBe(before);
    await page.context().close();
  });

  it("opens what is folded when it is printed, and prints light", async () => {
    const [page] = await open("correct", 1280, "dark");
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.evaluate("document.querySelectorAll('details:not([open])').length")).toBe(0);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await page.evaluate("getComputedStyle(document.querySelector('.part')).backgroundColor")).toBe(
      "rgb(255, 255, 255)",
    );
    await page.context().close();
  });
});
