// Customers from a file: looked at, checked, written by a long operation; what is refused comes back as a file.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Company } from "./company.mjs";

const company = await Company.forThisFile();
const { mia, ann, olga } = company;

const upload = (who, text, name = "customers.csv") =>
  who.post(`/api/v1/imports?file_name=${encodeURIComponent(name)}`, text, { "content-type": "application/octet-stream" });
const found = async (search) => (await mia.post("/api/v1/customers/query", { query: { view: "all", search } })).rows;
const suggested = (view) => view.columns.map((column) => column.suggestion);

async function checked(view, more = {}) {
  await mia.run(`/api/v1/imports/${view.import}/check`, { version: view.version, mapping: suggested(view), department: company.north, ...more });
  return mia.get(`/api/v1/imports/${view.import}`);
}
async function written(view, more = {}) {
  await mia.run(`/api/v1/imports/${view.import}/write`, { version: view.version, ...more });
  return mia.get(`/api/v1/imports/${view.import}`);
}

test("a file is looked at, checked and written", async () => {
  const uploaded = await upload(mia, "姓名,电话,城市\n王芳,13711110001,宁波\n\"李, 雷\",13711110002,温州\n");
  assert.equal(uploaded.state, "uploaded");
  assert.equal(uploaded.encoding, "UTF-8");
  assert.deepEqual(suggested(uploaded).map(({ to, standard }) => [to, standard]),
                   [["standard", "name"], ["standard", "phone"], ["standard", "city"]]);
  const good = await checked(uploaded);
  assert.equal(good.state, "checked");
  assert.deepEqual([good.rows, good.new_rows, good.refused_rows], [2, 2, 0]);
  assert.equal((await found("王芳")).length, 0, "checking writes nothing");
  const done = await written(good);
  assert.equal(done.state, "done");
  assert.equal(done.written_rows, 2);
  assert.deepEqual((await found("李, 雷")).map((row) => [row.phone, row.city]), [["137****0002", "温州"]]);
});

test("a file in GB18030 is read as what it says", async () => {
  const gb = Buffer.concat([Buffer.from("name,phone\n"), Buffer.from([0xd5, 0xd4, 0xd4, 0xc6]), Buffer.from(",13711110003\n")]);  // 赵云
  const uploaded = await upload(mia, gb);
  assert.equal(uploaded.encoding, "GB18030");
  await written(await checked(uploaded));
  assert.equal((await found("赵云")).length, 1);
});

test("a column without a home becomes a custom field", async () => {
  const uploaded = await upload(mia, "name,Shoe size\nBig Foot,47\nSmall Foot,35\n");
  const mapping = suggested(uploaded);
  assert.deepEqual([mapping[1].to, mapping[1].new_name, mapping[1].new_type], ["new_custom", "Shoe size", "number"]);
  const root = company.root;
  await root.run(`/api/v1/imports/${uploaded.import}/check`, { version: uploaded.version, mapping, department: company.north });
  await root.run(`/api/v1/imports/${uploaded.import}/write`, { version: (await root.get(`/api/v1/imports/${uploaded.import}`)).version });
  const { rows } = await mia.get("/api/v1/customer-fields");
  const field = rows.find((row) => row.name === "Shoe size");
  assert.equal(field.type, "number");
  const detail = await mia.get(`/api/v1/customers/${(await found("Big Foot"))[0].customer}`);
  assert.deepEqual(detail.row.values, [{ field: field.field, value: "47" }]);
});

test("refused rows are told with their lines and come back as a file", async () => {
  const uploaded = await upload(mia, "name,score\nGood One,10\nBad Score,many\nWorse Score,lots\n");
  const mapping = suggested(uploaded);
  mapping[1] = { column: 1, to: "standard", standard: "score" };
  const view = await checked(uploaded, { mapping });
  assert.deepEqual([view.rows, view.new_rows, view.refused_rows], [3, 1, 2]);
  assert.deepEqual(view.problems.map(({ line, column, count }) => [line, column, count]), [[3, "score", 2]], "grouped by what is wrong");
  assert.ok(view.problems[0].message);
  await mia.refused(409, "POST", `/api/v1/imports/${view.import}/write`, { version: view.version });
  const done = await written(view, { keep_good_rows: true });
  assert.equal(done.written_rows, 1);
  const file = await mia.call("GET", `/api/v1/imports/${view.import}/refusals`);
  assert.equal(file.status, 200);
  assert.match(file.headers["content-disposition"], /^attachment; filename="/);
  assert.match(file.body.toString(), /^"3","score: .*","Bad Score","many"\r$/m);
  assert.doesNotMatch(file.body.toString(), /Good One/);
});

test("who is there already is skipped, updated or refused, as chosen", async () => {
  await written(await checked(await upload(mia, "name,phone,city\nTwice,13711110020,Hangzhou\n")));
  const again = "name,phone,city\nTwice,13711110020,Suzhou\n";
  const skipped = await checked(await upload(mia, again), { on_duplicate: "skip" });
  assert.deepEqual([skipped.new_rows, skipped.skipped_rows], [0, 1]);
  const refused = await checked(await upload(mia, again), { on_duplicate: "refuse" });
  assert.equal(refused.refused_rows, 1);
  const updated = await written(await checked(await upload(mia, again), { on_duplicate: "update" }));
  assert.equal(updated.update_rows, 1);
  assert.deepEqual((await found("Twice")).map((row) => row.city), ["Suzhou"]);
});

test("a member may not import, and another manager does not see ours", async () => {
  await ann.refused(403, "POST", "/api/v1/imports?file_name=a.csv", "name\nx\n", { key: "error.forbidden" });
  const uploaded = await upload(mia, "name\nSecret\n");
  await olga.refused(404, "GET", `/api/v1/imports/${uploaded.import}`);
  await olga.refused(404, "DELETE", `/api/v1/imports/${uploaded.import}`);
});

test("a discarded import is over", async () => {
  const uploaded = await upload(mia, "name\nNever\n");
  await mia.must("DELETE", `/api/v1/imports/${uploaded.import}`);
  await mia.refused(404, "GET", `/api/v1/imports/${uploaded.import}`);
  await mia.refused(404, "POST", `/api/v1/imports/${uploaded.import}/check`, { version: uploaded.version, mapping: suggested(uploaded) });
  assert.equal((await found("Never")).length, 0);
});

test("a large file is written in steps while others are answered", async () => {
  const rows = Array.from({ length: 3000 }, (_, i) => `Crowd ${i},${15000000000 + i}`);
  const view = await checked(await upload(mia, `name,phone\n${rows.join("\n")}\n`));
  assert.equal(view.new_rows, 3000);
  const accepted = await mia.post(`/api/v1/imports/${view.import}/write`, { version: view.version });
  assert.equal((await ann.call("GET", "/api/v1/session")).status, 200);
  const operation = await mia.finished(accepted);
  assert.equal(operation.done, 3000);
  const { count } = await mia.post("/api/v1/customers/count", { query: { view: "all", search: "Crowd 29" } });
  assert.equal(count, 111, "29, 290 to 299 and 2900 to 2999");
});
