#!/usr/bin/env node
// Plain JavaScript on purpose: an old Node must be able to read it and say so.
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 24) {
  process.stderr.write(
    `firedrill needs Node 24, this is ${process.version}.\n` +
      "hint: run it through npm (npm run scenario ...), which uses the Node that npm ci installed; if npm ci ran with --ignore-scripts, run npm rebuild node\n",
  );
  process.exitCode = 3;
} else {
  await import("./main.ts");
}
