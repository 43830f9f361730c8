// What the demo can bear: 100,000 customers in one batch of the local backend under Node, shared out among three people,
// while somebody asks twenty times a second who they are. The program: TIDEWATER_WORKER. tools/dev bench runs it.
process.env.TIDEWATER_DOOR = "worker";
process.env.TIDEWATER_SLOW = "20";
const { Company } = await import("../scenarios/company.mjs");

const rows = 100_000;
const line = (name, milliseconds, most) =>
  console.log(`${name.padEnd(64)} ${milliseconds.toFixed(0).padStart(9)} ms ${most ? `${" ".repeat(20)}<= ${most} ms${milliseconds <= most ? "" : "  MISSED"}` : ""}`);

const company = await Company.open();
const { root, mia } = company;
let longest = 0, asking = true;
const asked = (async () => {
  while (asking) {
    const began = performance.now();
    await mia.get("/api/v1/session");
    longest = Math.max(longest, performance.now() - began);
    await new Promise((done) => setTimeout(done, 50));
  }
})();
async function timed(name, most, act) {
  longest = 0;
  const began = performance.now();
  await act();
  line(name, performance.now() - began, most);
  line("  how long somebody waited meanwhile, at most", longest);
}

console.log("\nThe demo's local backend, under Node");
const file = ["name,phone,score"];
for (let i = 0; i < rows; ++i) file.push(`Customer ${i},${20_000_000_000 + i},${i % 101}`);
await timed(`import ${rows} customers`, 0, async () => {
  const uploaded = await root.post("/api/v1/imports?file_name=many.csv", file.join("\n"), { "content-type": "application/octet-stream" });
  const mapping = uploaded.columns.map((column) => column.suggestion);
  await root.run(`/api/v1/imports/${uploaded.import}/check`, { version: uploaded.version, mapping, department: company.north });
  await root.run(`/api/v1/imports/${uploaded.import}/write`, { version: (await root.get(`/api/v1/imports/${uploaded.import}`)).version });
});
const batch = await company.batch();
await timed("add them to a batch", 0, () => mia.run(`/api/v1/batches/${batch}/customers`, { query: { view: "all" } }));
await timed("allocate them", 10_000, async () => {
  const plan = await mia.post(`/api/v1/batches/${batch}/plan`, { policy: "even" });
  await mia.run(`/api/v1/batches/${batch}/allocate`, { policy: "even", seed: plan.seed, snapshot: plan.snapshot });
});
asking = false;
await asked;
await company.close();
