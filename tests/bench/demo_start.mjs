// How long a first visit to the demo takes, in headless Chromium: from following the link until the first screen answers,
// with the demo's world made meanwhile. The folder: TIDEWATER_DEMO, served from this machine. Two ways: the link is
// followed by a browser that has just been started and is busy with itself for a second more, and by one that has come to
// rest, as a visitor's has. Then how much there is to load, as hosts send it. tools/dev bench runs it.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { files, folder, openHost } from "../e2e/demo_host.mjs";
import { openBrowser, openProfile } from "../e2e/support.mjs";

const visits = 5;
const line = (name, value, unit, most) =>
  console.log(`${name.padEnd(64)} ${value.toFixed(0).padStart(9)} ${unit} ${" ".repeat(20)}<= ${most} ${unit}${value <= most ? "" : "  MISSED"}`);

// When the loading screen has gone and the page has drawn twice since, by the page's own clock.
const note = () => new MutationObserver((changes, observer) => {
  const { dataset } = document.documentElement;
  if (!("ready" in dataset) || "opening" in dataset) return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { globalThis.interactiveAt = performance.now(); }));
}).observe(document, { subtree: true, childList: true, attributes: true });

async function visit(context, address, rest) {
  const page = context.pages()[0] ?? await context.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  if (rest) {
    await page.goto("about:blank");
    await page.waitForTimeout(rest);
  }
  await page.addInitScript(note);
  await page.goto(address);
  return (await page.waitForFunction(() => globalThis.interactiveAt, null, { timeout: 60_000 })).jsonValue();
}

async function inAProfile(address, rest) {
  const profile = mkdtempSync(join(tmpdir(), "tidewater-profile-"));
  const context = await openProfile(profile);
  try {
    return await visit(context, address, rest);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function unrecorded(address, rest) {
  const browser = await openBrowser();
  try {
    return await visit(await browser.newContext({ locale: "en" }), address, rest);
  } finally {
    await browser.close();
  }
}

const host = await openHost();
console.log("\nThe demo, from the link to the first screen");
for (const [browser, rest] of [["a browser just started", 0], ["one at rest", 3000]]) {
  for (const [name, start] of [["profile", inAProfile], ["private window", unrecorded]]) {
    const took = [];
    for (let i = 0; i < visits; ++i) took.push(await start(host.address, rest));
    took.sort((a, b) => a - b);
    line(`${browser}, ${name}: half of the visits within`, took[visits >> 1], "ms", 3000);
    console.log(`  the shortest ${took[0].toFixed(0)} ms, the longest ${took[visits - 1].toFixed(0)} ms`);
  }
}
host.close();
const sizes = files.filter((name) => !/\.(br|gz)$/.test(name)).map((name) => {
  const content = readFileSync(join(folder, name));
  return Math.min(content.length, brotliCompressSync(content).length);
});
line("what there is to load, by brotli", sizes.reduce((all, size) => all + size, 0), "B ", 1_200_000);
