// Chromium's own password manager, with a profile of its own: it offers to keep the password of an account that was just
// made, and fills in one that it has kept, without anybody typing. What it decided is read from its page of internals.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createCipheriv, pbkdf2Sync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Server, minutes, openProfile, patience, texts } from "./support.mjs";

const password = "low tide 2026", t = texts("en");
let server, folder, context;

before(async () => {
  server = new Server();
  await server.start();
  folder = mkdtempSync(join(tmpdir(), "tidewater-profile-"));
});

after(async () => {
  await context?.close();
  await server?.remove();
  rmSync(folder, { recursive: true, force: true });
});

// As Chromium keeps it where there is no keyring: with a key that everybody knows.
function keep(login) {
  const cipher = createCipheriv("aes-128-cbc", pbkdf2Sync("peanuts", "saltysalt", 1, 16, "sha1"), Buffer.alloc(16, " "));
  const secret = Buffer.concat([Buffer.from("v10"), cipher.update(password), cipher.final()]).toString("hex");
  const script = `
import sqlite3, sys, time
file, address, login, secret = sys.argv[1:]
database = sqlite3.connect(file)
now = int((time.time() + 11644473600) * 1000000)
known = {"origin_url": address, "action_url": address, "signon_realm": address, "username_element": "username", "username_value": login,
         "password_element": "current-password", "password_value": bytes.fromhex(secret), "date_created": now, "times_used": 1}
columns = [row[1:3] for row in database.execute("PRAGMA table_info(logins)") if row[1] != "id"]
values = [known.get(name, b"" if kind == "BLOB" else 0 if kind.startswith("INT") else "") for name, kind in columns]
database.execute(f"INSERT INTO logins ({', '.join(name for name, _ in columns)}) VALUES ({', '.join('?' * len(values))})", values)
database.commit()`;
  execFileSync("python3", ["-c", script, join(folder, "Default/Login Data"), `${server.address}/`, login, secret]);
}

test("the browser offers to keep the password of an account that was made", { timeout: minutes(3) }, async () => {
  context = await openProfile(folder);
  const internals = await context.newPage(), page = await context.newPage();
  await internals.goto("chrome://password-manager-internals");
  await page.goto(server.setupAddress);
  for (const [name, words] of [["person.name", "Zhou"], ["person.login", "zhoumin"], ["password.new", password], ["password.again", password]]) {
    const field = page.getByLabel(t[name], { exact: true }).first();
    await field.waitFor({ state: "attached" });
    await field.focus();
    await page.keyboard.type(words);
  }
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Zhou/ }).first().waitFor({ state: "attached" });
  await internals.getByText("Show password prompt").first().waitFor({ state: "attached" });
  assert.match(await internals.evaluate(() => document.body.innerText), /Decision:\s+ASK the user/);
});

test("a password that the browser has kept signs in without being typed", { timeout: minutes(3) }, async () => {
  await context.clearCookies();
  await context.close();
  keep("zhoumin");
  context = await openProfile(folder);
  const page = await context.newPage();
  await page.goto(server.address);
  const filled = () => page.evaluate(() => Array.from(document.querySelectorAll("#mirror form input"), (el) => [el.autocomplete, el.matches(":autofill")]));
  const whole = (fields) => fields.length === 2 && fields.every(([, by]) => by);  // one field after the other
  for (const end = Date.now() + patience; Date.now() < end && !whole(await filled()); await page.waitForTimeout(100));
  assert.deepEqual(await filled(), [["username", true], ["current-password", true]]);
  await page.keyboard.press("Enter");  // the first press of a person lets the page have what was filled in
  const button = page.getByRole("button", { name: t["sign_in.go"], exact: true }).first();
  await page.waitForTimeout(500);
  if (await button.count()) await button.dispatchEvent("click", {}, { timeout: 1000 }).catch(() => {});  // Enter may have done it
  await page.getByRole("heading", { name: /Zhou/ }).first().waitFor({ state: "attached" });
});
