// Time: due items come back, sessions end, calendars count. What needs hours to pass runs where the clock is ours.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Company, day, hour, minute, until } from "./company.mjs";
import { clockIsOurs } from "./doors.mjs";

const company = await Company.forThisFile();
const { root, mia, ann } = company;
const pass = (milliseconds) => company.door.moveClock(milliseconds);
const inTime = clockIsOurs ? test : () => {};

inTime("what is overdue comes back by itself, and both are told", async () => {
  const { batch, row } = await company.designated({ limit: 2, limit_unit: "hours" });
  await pass(2 * hour - 5 * minute);
  assert.equal((await company.item(row.item)).row.state, "executing");
  await pass(6 * minute);
  const back = await until(async () => {
    const now = (await company.item(row.item)).row;
    return now.state === "reset" && now;
  }, "the recall");
  assert.equal(back.executor ?? 0, 0);
  const { entries } = await mia.get(`/api/v1/items/${row.item}/log`);
  assert.deepEqual([entries[0].action, entries[0].executor_name, entries[0].limit], ["recall", "Ann", 2]);
  assert.equal((await company.counts(batch)).reset, 1);
  const kinds = async (who) => (await who.get("/api/v1/notifications")).rows.filter((one) => one.batch === batch).map((one) => one.kind);
  assert.ok((await kinds(ann)).includes("recalled"));
  assert.ok((await kinds(mia)).includes("recalled_from"));
});

inTime("who completes first keeps it", async () => {
  const { row } = await company.designated({ limit: 1, limit_unit: "hours" });
  await ann.post(`/api/v1/items/${row.item}/complete`, { version: row.version, text: "In time." });
  await pass(3 * hour);
  await root.get("/api/v1/session");
  assert.equal((await company.item(row.item)).row.state, "completed");
});

inTime("an item is due soon in the last part of its limit", async () => {
  const { batch } = await company.designated({ limit: 4, limit_unit: "hours", due_soon_minutes: 60 });
  const soon = async () => (await ann.post("/api/v1/items/query", { tab: "due_soon", batch })).rows.length;
  assert.equal(await soon(), 0);
  await pass(3 * hour + 5 * minute);
  assert.equal(await soon(), 1);
});

inTime("claiming opens and closes by its window", async () => {
  const now = (await company.designated()).row.changed;
  const batch = await company.batch({ claim_open: true, claim_mode: "pick", claim_from: now + hour, claim_to: now + 2 * hour });
  await company.fill(batch, 1);
  const open = async () => (await ann.post(`/api/v1/batches/${batch}/claimable/query`, {})).open;
  assert.equal(await open(), false);
  await pass(hour + minute);
  assert.equal(await open(), true);
  await pass(hour);
  assert.equal(await open(), false);
});

inTime("a session that nobody uses ends after three days", async () => {
  const visitor = await company.visitor().signIn("bob");
  await pass(2 * day);
  await visitor.get("/api/v1/session");
  await pass(2 * day);
  await visitor.get("/api/v1/session");
  await pass(3 * day + minute);
  await visitor.refused(401, "GET", "/api/v1/session");
  for (const [caller, login] of [[root, "root"], [mia, "mia"], [ann, "ann"]]) await caller.signIn(login);
});

test("the company's calendar says when it works", async () => {
  const { rows } = await ann.get("/api/v1/calendars");
  const everybody = rows.find((row) => row.everybody);
  assert.equal(everybody.week.length, 7);
  assert.ok(everybody.week[0], "on Mondays");
});

test("a calendar of one's own is made, previewed, changed and removed", async () => {
  const week = ["09:00-12:00", "09:00-12:00", "09:00-12:00", "09:00-12:00", "", "", ""];
  const content = { name: "Mornings", zone: "Europe/Berlin", week, people: [ann.person] };
  await mia.refused(403, "POST", "/api/v1/calendars", { content });
  await root.refused(400, "POST", "/api/v1/calendars", { content: { ...content, week: ["25:00-26:00", "", "", "", "", "", ""] } });
  assert.equal((await root.post("/api/v1/calendars/preview", { content })).exact, true);
  const { row } = await root.post("/api/v1/calendars", { content });
  assert.deepEqual(row.people.map((person) => person.name), ["Ann"]);
  const days = [{ day: "2027-01-01", works: false, name: "New Year" }];
  const changed = await root.patch(`/api/v1/calendars/${row.calendar}`, { version: row.version, content: { ...content, days } });
  assert.equal(changed.row.exceptions, 1);
  await root.refused(409, "PATCH", `/api/v1/calendars/${row.calendar}`, { version: row.version, content });
  const remove = ({ version }) => `/api/v1/calendars/${row.calendar}?version=${version}`;
  await root.refused(409, "DELETE", remove(changed.row), undefined, { key: "calendars.is_used" });
  const free = await root.patch(`/api/v1/calendars/${row.calendar}`, { version: changed.row.version, content: { ...content, people: [] } });
  await root.must("DELETE", remove(free.row));
  await root.refused(404, "GET", `/api/v1/calendars/${row.calendar}`);
});

test("the statutory days of a year are known, or said to be unknown", async () => {
  const known = await root.get("/api/v1/statutory-days?year=2025");
  assert.equal(known.known, true);
  assert.ok(known.days.some((one) => one.day === "2025-10-01" && !one.works));
  assert.equal((await root.get("/api/v1/statutory-days?year=2099")).known, false);
});

test("days off are read from an iCalendar file", async () => {
  const file = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20270501", "DTEND;VALUE=DATE:20270503",
                "SUMMARY:Closed", "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
  const read = await root.post("/api/v1/calendars/icalendar", file, { "content-type": "application/octet-stream" });
  assert.deepEqual([read.events, read.days.map((one) => one.day)], [1, ["2027-05-01", "2027-05-02"]]);
});

test("a limit in working time is counted by the calendar", async () => {
  const { row } = await company.designated({ limit: 2, limit_unit: "days", limit_counts: "working" });
  assert.ok(row.due_at > row.changed + day, "two working days are never over within one");
});
