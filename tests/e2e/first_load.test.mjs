// What is loaded before somebody is signed in: it stays small, the second part of the program (signed_in.wasm) is
// neither waited for nor called into, and whoever signs in before it is there waits for it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Server, Visitor, minutes, openBrowser } from "./support.mjs";

const password = "low tide 2026", secondPart = "**/signed_in.*.wasm";

let server, browser, invitation;

before(async () => {
  server = new Server();
  await server.start();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.remove();
});

// A visitor whose second part is held until release(), unless the page insists and waits for it.
async function slowVisitor(address, options) {
  const visitor = await Visitor.open(browser, "about:blank", options);
  const held = [];
  let open = false;
  await visitor.page.route(secondPart, (route) => (open || route.request().resourceType() === "xhr" ? route.continue() : held.push(route)));
  visitor.waits = () => held.length;
  visitor.release = async () => {
    open = true;
    for (const route of held.splice(0)) await route.continue();
  };
  await visitor.page.goto(address);
  return visitor;
}
// Numbers of functions; their names are in build/client/client.wasm.placeholders.
const calledEarly = (visitor) => visitor.page.evaluate(() => globalThis.tidewater.early ?? []);

test("without the second part one can set up, and waits for it only then", { timeout: minutes(3) }, async () => {
  const visitor = await slowVisitor(server.setupAddress);
  await visitor.fill(visitor.t("person.name"), "周敏");
  await visitor.fill(visitor.t("person.login"), "zhoumin");
  await visitor.fill(visitor.t("password.new"), "short");
  await visitor.fill(visitor.t("password.new"), password);
  await visitor.fill(visitor.t("password.again"), password);
  assert.deepEqual(await calledEarly(visitor), []);
  await visitor.press("button", visitor.t("set_up.go"));
  await visitor.seeText(visitor.t("common.opening"));
  assert.deepEqual(await calledEarly(visitor), []);
  await visitor.release();
  await visitor.see("heading", /周敏/);
  const { person } = await visitor.call("POST", "/api/v1/people", { login: "lili", name: "李莉", role: "member" });
  ({ invitation } = await visitor.call("POST", `/api/v1/people/${person}/invitation`, {}));
  assert.deepEqual(visitor.problems, []);
  await visitor.close();
});

test("up to the sign-in form it is at most 400 KB and six requests", { timeout: minutes(3) }, async () => {
  const visitor = await slowVisitor("about:blank", { locale: "zh-CN" });
  const session = await visitor.context.newCDPSession(visitor.page);
  await session.send("Network.enable");
  let bytes = 0;
  const requests = [];
  session.on("Network.requestWillBeSent", ({ request }) => request.url.startsWith("http") && requests.push(request.url));
  session.on("Network.loadingFinished", ({ encodedDataLength }) => { bytes += encodedDataLength; });
  await visitor.page.goto(server.address);
  await visitor.see("button", visitor.t("sign_in.go"));
  await visitor.until(() => visitor.waits() === 1);
  const before = requests.findIndex((url) => /signed_in/.test(url));
  console.log(`# first load: ${bytes} bytes in ${before} requests`);
  assert.ok(before === requests.length - 1 && before <= 6, requests.join("\n"));
  assert.ok(bytes <= 400 * 1000, `${bytes} bytes`);
  await visitor.release();
  await visitor.until(() => visitor.page.evaluate(() => globalThis.tidewater.whole === true));
  console.log(`# with what comes after it: ${bytes} bytes`);
  await visitor.close();
});

test("without the second part one can speak another language, mistype a password and sign in", { timeout: minutes(3) }, async () => {
  const visitor = await slowVisitor(new URL("/batches/7?tab=history", server.address).href);
  await visitor.press("button", visitor.t("account.other_language"));
  visitor.speak("zh-CN");
  await visitor.fill(visitor.t("sign_in.login"), "zhoumin");
  await visitor.fill(visitor.t("sign_in.password"), "wrong");
  await visitor.press("button", visitor.t("sign_in.go"));
  await visitor.seeText(visitor.t("session.wrong_login"));
  await visitor.page.setViewportSize({ width: 390, height: 844 });
  await visitor.page.emulateMedia({ colorScheme: "dark" });
  await visitor.fill(visitor.t("sign_in.password"), password);
  await visitor.press("button", visitor.t("sign_in.go"));
  visitor.speak("en");  // her own language
  await visitor.seeText(visitor.t("common.opening"));
  assert.deepEqual(await calledEarly(visitor), []);
  await visitor.release();
  await visitor.page.waitForURL(/batches\/7/);
  // Next time it is asked for beside the first part.
  await visitor.page.reload();
  await visitor.page.locator("html[data-ready]").waitFor({ state: "attached" });
  await visitor.until(() => visitor.page.evaluate(() => globalThis.tidewater.whole === true));
  assert.deepEqual(await calledEarly(visitor), []);
  await visitor.close();
});

test("without the second part one can accept an invitation", { timeout: minutes(3) }, async () => {
  const visitor = await slowVisitor(`${server.address}/invitation#${invitation}`);
  await visitor.fill(visitor.t("password.new"), password);
  await visitor.fill(visitor.t("password.again"), password);
  assert.deepEqual(await calledEarly(visitor), []);
  await visitor.close();
});

test("a second part that nobody answers for is asked for again", { timeout: minutes(3) }, async () => {
  const visitor = await Visitor.open(browser, "about:blank");
  let asked = 0;
  await visitor.page.route(secondPart, (route) => (++asked < 3 ? route.abort() : route.continue()));
  await visitor.page.goto(server.address);
  await visitor.fill(visitor.t("sign_in.login"), "zhoumin");
  await visitor.fill(visitor.t("sign_in.password"), password);
  await visitor.press("button", visitor.t("sign_in.go"));
  await visitor.see("heading", /周敏/);
  assert.equal(asked, 3);
  await visitor.close();
});

test("what is called before it is there is fetched at once, and the page goes on", { timeout: minutes(3) }, async () => {
  const visitor = await slowVisitor(server.address);
  await visitor.fill(visitor.t("sign_in.login"), "zhoumin");
  await visitor.fill(visitor.t("sign_in.password"), password);
  await visitor.press("button", visitor.t("sign_in.go"));
  await visitor.seeText(visitor.t("common.opening"));
  await visitor.page.evaluate(() => { globalThis.tidewater.whole = true; });  // the page is told what is not true
  await visitor.page.setViewportSize({ width: 1200, height: 900 });           // and draws
  await visitor.see("heading", /周敏/);
  assert.ok((await calledEarly(visitor)).length > 0);
  assert.deepEqual(visitor.problems, []);
  await visitor.close();
});
