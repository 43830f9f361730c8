// Every story of the storybook, in every theme and both languages: it looks as it was accepted (pictures.mjs), and axe-core
// finds nothing serious or critical in what it says. `tools/dev test --accept e2e` accepts what is there instead; look at
// the stories before you commit that.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";

import { Accepted, describe, differences, keepPicture, read, serve, show, sideBySide, size, write } from "./pictures.mjs";
import { Visitor, axeScript, minutes, openBrowser, seriousFindings } from "./support.mjs";

const root = resolve(new URL(".", import.meta.url).pathname, "../..");
const storybook = process.env.TIDEWATER_STORYBOOK ?? join(root, "build/client/storybook");
const accepting = process.env.TIDEWATER_ACCEPT === "1";
const accepted = new Accepted(join(root, "tests/golden/stories"));
const languages = ["zh-CN", "en"], themes = ["light", "dark", "contrast"];

let site, browser;
const pages = {};

before(async () => {
  mkdirSync(accepted.folder, { recursive: true });
  site = await serve(storybook);
  browser = await openBrowser();
  for (const language of languages) {
    const visitor = await Visitor.open(browser, "about:blank", { locale: language, viewport: size, reducedMotion: "reduce" });
    await visitor.context.addInitScript({ content: axeScript });
    await visitor.context.addInitScript(keepPicture);
    pages[language] = visitor;
  }
});

after(async () => {
  await browser?.close();
  site?.close();
});

const addressOf = (story, theme, language) => `story=${story}&theme=${theme}&lang=${language}`;

async function open(language) {
  const { page } = pages[language];
  await page.goto(`${site.address}/story.html#${addressOf("none", "light", language)}&letters=boxes`);
  await page.locator("html[data-ready]").waitFor({ state: "attached" });
  return page;
}

// What is wrong with a story in one language; `forms` gets its pictures.
async function look(story, language, forms) {
  const { page } = pages[language], known = accepted.get(story), wrong = [];
  for (const theme of themes) {
    const form = `${theme} ${language}`, picture = await show(page, addressOf(story, theme, language));
    forms[form] = picture;
    const found = accepting || !known[form] ? [] : differences(known[form], picture);
    if (!accepting && !known[form]) wrong.push(`${form}: nothing was accepted yet`);
    if (found.length) {
      const name = `story-${story}-${theme}-${language}`;
      await pages[language].picture(name);
      pages[language].keep(`${name}-cells.png`, await sideBySide(page, known[form], picture, found));
      wrong.push(`${form}: ${describe(found)}; see ${name}.png and ${name}-cells.png (accepted, now, differing)`);
    }
    wrong.push(...(await seriousFindings(page)).map((what) => `${form}: ${what}`));
  }
  return wrong;
}

test("every story looks as it was accepted and speaks as it should", { timeout: minutes(14) }, async (walk) => {
  const [list] = await Promise.all(languages.map(async (language) => (await open(language)).evaluate(() =>
    globalThis.tidewater.UTF8ToString(globalThis.tidewater._tw_storybook_list()))));
  const stories = list.trim().split("\n").map((line) => line.split(" ")[1]);
  assert.ok(stories.length > 50);
  for (const story of stories)
    await walk.test(story, async () => {
      const forms = Object.fromEntries(languages.flatMap((language) => themes.map((theme) => [`${theme} ${language}`, null])));
      const wrong = (await Promise.all(languages.map((language) => look(story, language, forms)))).flat();
      if (accepting) accepted.put(story, forms);
      assert.deepEqual(wrong, []);
    });
  await walk.test("what was accepted is still told", () => {
    const gone = accepted.names().filter((name) => !stories.includes(name));
    if (accepting) gone.forEach((name) => accepted.remove(name));
    else assert.deepEqual(gone, []);
  });
  for (const language of languages) assert.deepEqual(pages[language].problems, []);
});

test("a missing icon, another colour and a row that moved are seen, a smoothed edge is not", { timeout: minutes(3) }, async () => {
  const page = pages.en.page, address = (theme) => addressOf("states", theme, "en");
  const picture = await show(page, address("light")), kept = read(write({ here: picture })).here;
  assert.deepEqual(differences(kept, await show(page, address("light") + "&again")), []);
  const changed = (change) => differences(kept, picture.map((cells, layer) => cells.map((value, cell) => value + change(layer, cell))));
  assert.deepEqual(changed((layer, cell) => (cell % 2 ? 1 : -1)), [], "smoothed edges");
  // 16 x 16 pixels of strokes in a cell of 32 x 32; a tint of eight; a line of text a few pixels lower
  assert.equal(changed((layer, cell) => (layer === 0 && cell === 70 ? -10 : 0)).length, 1);
  assert.equal(changed((layer, cell) => (layer === 2 && cell === 20 ? 8 : 0)).length, 1);
  assert.ok(differences(kept, await show(page, address("dark"))).length > 300);
});
