// The three doors to the product: the dispatcher in a native program (TIDEWATER_DISPATCHER), the real server over HTTP
// (TIDEWATER_BINARY), the local backend as WebAssembly behind messages (TIDEWATER_WORKER). TIDEWATER_DOOR names one.
//
// A door has `send({method, path, headers, body})`, which answers {status, headers, body: Buffer}, `setUpToken`, `close()`
// and, where the clock is ours, `moveClock(milliseconds)`. Scenarios know nothing else of where they knock.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";

const root = resolve(new URL(".", import.meta.url).pathname, "../..");
export const doorName = process.env.TIDEWATER_DOOR ?? "dispatcher";
export const clockIsOurs = doorName !== "server";

const program = (variable) => {
  const path = process.env[variable];
  if (!path) throw new Error(`${variable} is not set: tools/dev test scenarios does`);
  return path;
};

export function openDoor() {
  const open = { dispatcher: openDispatcher, server: openServer, worker: openWorker }[doorName];
  if (!open) throw new Error(`no such door: ${doorName}`);
  return open();
}

// --- the dispatcher: frames through standard input and output (door.cpp) ------------------------------------------------

async function openDispatcher() {
  const child = spawn(program("TIDEWATER_DISPATCHER"), [], { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  const waiting = [];
  let got = Buffer.alloc(0), frames = [];
  child.stdout.on("data", (bytes) => {
    got = Buffer.concat([got, bytes]);
    while (got.length >= 4 && got.length >= 4 + got.readUInt32LE(0)) {
      const end = 4 + got.readUInt32LE(0);
      frames.push(got.subarray(4, end));
      got = got.subarray(end);
      if (frames.length < 2) continue;
      const [head, body] = frames;
      frames = [];
      waiting.shift().done({ head: JSON.parse(head), body });
    }
  });
  const ended = new Promise((done) => child.on("exit", (code, signal) => {
    for (const one of waiting.splice(0)) one.failed(new Error(`the dispatcher's program ended with ${code ?? signal}`));
    done(code);
  }));
  const put = (bytes) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    child.stdin.write(length);
    child.stdin.write(bytes);
  };
  const exchange = (head, body) => new Promise((done, failed) => {
    waiting.push({ done, failed });
    put(Buffer.from(JSON.stringify(head)));
    put(Buffer.from(body ?? ""));
  });
  return {
    async send({ method, path, headers, body }) {
      const lines = Object.entries(headers).map(([name, value]) => ({ name, value }));
      const reply = await exchange({ method, path, headers: lines }, body);
      return { status: reply.head.status, headers: Object.fromEntries(reply.head.headers.map(({ name, value }) => [name, value])), body: reply.body };
    },
    moveClock: (milliseconds) => exchange({ control: "move_clock" }, String(milliseconds)),
    setUpToken: (await exchange({ control: "set_up_token" })).body.toString(),
    async close() {
      child.stdin.end();
      const code = await ended;
      if (code !== 0) throw new Error(`the dispatcher's program ended with ${code}`);  // also what its sanitizers found at the end
    },
  };
}

// --- the server: HTTP --------------------------------------------------------------------------------------------------

async function openServer() {
  const folder = mkdtempSync(join(tmpdir(), "tidewater-scenarios-"));
  const child = spawn(program("TIDEWATER_BINARY"), ["serve", "--data", folder, "--listen", "127.0.0.1:0", "--backup-every", "0", "--language", "en"], { stdio: ["ignore", "pipe", "pipe"] });
  const log = [];
  const ended = new Promise((done) => child.on("exit", (code, signal) => done(code ?? signal)));
  const { address, setUpToken } = await new Promise((ready, failed) => {
    let address, setUpToken;
    const seen = (line) => {
      log.push(line);
      setUpToken ??= line.match(/\/setup#(\S+)/)?.[1];
      address ??= line.match(/serves (http:\S+)/)?.[1];
      if (address && setUpToken) ready({ address, setUpToken });
    };
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", seen);
    ended.then((code) => failed(new Error(`the server ended with ${code}:\n${log.slice(-20).join("\n")}`)));
  });
  const agent = new Agent({ keepAlive: true });
  return {
    setUpToken,
    send: ({ method, path, headers, body }) => new Promise((done, failed) => {
      const bytes = body === undefined ? undefined : Buffer.from(body);
      const length = bytes || method !== "GET" ? { "content-length": bytes?.length ?? 0 } : {};
      const request = httpRequest(address + path, { method, agent, headers: { ...headers, ...length } }, (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("end", () => {
          const { "set-cookie": cookies, ...rest } = response.headers;
          done({ status: response.statusCode, headers: cookies ? { ...rest, "set-cookie": cookies[0] } : rest, body: Buffer.concat(parts) });
        });
      });
      request.on("error", failed);
      request.end(bytes);
    }),
    async close() {
      agent.destroy();
      child.kill("SIGTERM");
      const code = await ended;
      rmSync(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`the server ended with ${code}:\n${log.slice(-20).join("\n")}`);
    },
  };
}

// --- the worker: messages ----------------------------------------------------------------------------------------------

async function openWorker() {
  const worker = new Worker(program("TIDEWATER_WORKER"));
  const waiting = new Map();
  let last = 0;
  worker.on("message", (message) => {
    if (message.changed) return;  // the doorbell
    waiting.get(message.id).done(message);
    waiting.delete(message.id);
  });
  const fail = (problem) => {
    for (const one of waiting.values()) one.failed(problem);
    waiting.clear();
  };
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`the worker ended with ${code}`)));
  const exchange = (message) => new Promise((done, failed) => {
    const id = ++last;
    waiting.set(id, { done, failed });
    worker.postMessage({ id, ...message });
  });
  const catalogues = Object.fromEntries(["zh-CN", "en"].map((language) => [language, readFileSync(join(root, `assets/i18n/${language}.json`), "utf8")]));
  const opened = await exchange({ open: { version: "0.0.0", catalogues } });
  if (opened.problem) throw new Error(opened.problem);
  return {
    setUpToken: (await exchange({ setUpToken: true })).token,
    async send({ method, path, headers, body }) {
      const reply = await exchange({ method, path, headers, body });
      return { status: reply.status, headers: reply.headers, body: Buffer.from(reply.body) };
    },
    moveClock: (milliseconds) => exchange({ moveClock: milliseconds }),
    close: () => worker.terminate(),
  };
}
