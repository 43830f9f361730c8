// Pictures of stories that can be compared between machines. A story is drawn with boxes for letters, at a fixed moment,
// without motion; its picture is kept as what each part of it looks like on the whole: the brightness of 32 x 20 cells
// and the tint of 16 x 10, one sign of 64 each, in text files of tests/golden/stories. An edge that is smoothed another
// way moves no cell by as much as the tolerance; a missing icon, another colour or a row that moved does.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

export const size = { width: 1024, height: 640 };
const signs = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-";
// across and down; what one sign stands for; how far beyond it a cell may be
const layers = [
  { name: "brightness", across: 32, down: 20, lowest: 0, step: 4, tolerance: 2 },
  { name: "blue", across: 16, down: 10, lowest: -64, step: 2, tolerance: 1.5 },
  { name: "red", across: 16, down: 10, lowest: -64, step: 2, tolerance: 1.5 }];

// Before the page is loaded: its picture stays where it can be read after the frame that drew it.
export const keepPicture = () => {
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    return get.call(this, kind, kind === "webgl2" ? { ...options, preserveDrawingBuffer: true } : options);
  };
};

// Runs in the page: shows the story of an address (another one than is shown), waits until the page is at rest, and
// answers with its layers.
export const show = (page, address) => page.evaluate(async ([hash, all]) => {
  const canvas = document.getElementById("canvas"), gl = canvas.getContext("webgl2");
  const { width, height } = canvas, pixels = new Uint8Array(width * height * 4);
  const arrived = new Promise((done) => globalThis.addEventListener("popstate", done, { once: true }));
  globalThis.location.hash = hash;
  await arrived;
  let seen = globalThis.tidewater.frames, drawn = false;
  for (let quiet = 0; quiet < 4 || !drawn; ++quiet) {
    await new Promise(requestAnimationFrame);
    if (globalThis.tidewater.frames === seen) continue;
    seen = globalThis.tidewater.frames;
    drawn = true;
    quiet = 0;
  }
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  const sums = all.map(({ across, down }) => new Float64Array(across * down));
  for (let y = 0; y < height; ++y)
    for (let x = 0; x < width; ++x) {
      const at = ((height - 1 - y) * width + x) * 4, r = pixels[at], g = pixels[at + 1], b = pixels[at + 2];
      const luma = 0.299 * r + 0.587 * g + 0.114 * b, values = [luma, 0.564 * (b - luma), 0.713 * (r - luma)];
      for (let layer = 0; layer < 3; ++layer) {
        const { across, down } = all[layer];
        sums[layer][Math.floor(y * down / height) * across + Math.floor(x * across / width)] += values[layer];
      }
    }
  return sums.map((cells, layer) => Array.from(cells, (sum) => sum * all[layer].across * all[layer].down / (width * height)));
}, [address, layers]);

// --- as text -----------------------------------------------------------------------------------------------------------
// One block for each form of a story: a line with its name, then the layers, each row of cells a word of signs.
export function write(forms) {
  const block = ([name, picture]) => [`[${name}]`, ...layers.flatMap((layer, which) => Array.from({ length: layer.down }, (_, row) =>
    picture[which].slice(row * layer.across, (row + 1) * layer.across)
      .map((value) => signs[Math.min(63, Math.max(0, Math.floor((value - layer.lowest) / layer.step)))]).join("")))].join("\n");
  return Object.entries(forms).map(block).join("\n") + "\n";
}

export function read(text) {
  const forms = {};
  for (const block of text.split(/^\[/m).slice(1)) {
    const [name, ...rows] = block.trimEnd().split("\n");
    let from = 0;
    forms[name.slice(0, -1)] = layers.map(({ down, lowest, step }) => {
      const cells = rows.slice(from, from + down).join("");
      from += down;
      return Array.from(cells, (sign) => lowest + signs.indexOf(sign) * step);  // the least of what the sign stands for
    });
  }
  return forms;
}

// The cells that are not as they were accepted: [layer, cell, by how much].
export function differences(accepted, picture) {
  return layers.flatMap(({ lowest, step, tolerance }, which) => {
    const highest = lowest + 64 * step;
    return picture[which].flatMap((exact, cell) => {
      const value = Math.min(highest - 0.01, Math.max(lowest, exact)), least = accepted[which][cell];
      const beyond = Math.max(least - value, value - (least + step));
      return beyond <= tolerance ? [] : [[which, cell, beyond]];
    });
  });
}

export function describe(found) {
  const [which, cell, beyond] = found.reduce((worst, one) => (one[2] > worst[2] ? one : worst));
  const { name, across, down } = layers[which], x = (cell % across) * size.width / across, y = Math.floor(cell / across) * size.height / down;
  return `${found.length} cells differ, most the ${name} at ${x}, ${y}: ${beyond.toFixed(1)} beyond what was accepted`;
}

// What was accepted, what is there and where they differ, side by side, as a picture to look at.
export const sideBySide = (page, accepted, picture, found) => page.evaluate(async ([pictures, differing, all]) => {
  const { across, down } = all[0], scale = 16, canvas = new OffscreenCanvas(across * scale * 3 + 32, down * scale), context = canvas.getContext("2d");
  const draw = (left, colour) => {
    for (let cell = 0; cell < across * down; ++cell) {
      context.fillStyle = colour(cell);
      context.fillRect(left + (cell % across) * scale, Math.floor(cell / across) * scale, scale, scale);
    }
  };
  const half = (cell) => Math.floor(Math.floor(cell / across) / 2) * (across / 2) + Math.floor((cell % across) / 2);
  pictures.forEach((picture, at) => draw(at * (across * scale + 16), (cell) => {
    const luma = picture[0][cell], blue = picture[1][half(cell)], red = picture[2][half(cell)];
    return `rgb(${luma + red / 0.713}, ${luma - 0.344 * blue / 0.564 - 0.714 * red / 0.713}, ${luma + blue / 0.564})`;
  }));
  const marked = new Set(differing.map(([layer, cell]) => `${layer === 0 ? "whole" : "half"} ${cell}`));
  draw(2 * (across * scale + 16), (cell) => (marked.has(`whole ${cell}`) || marked.has(`half ${half(cell)}`) ? "#d00" : "#ddd"));
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}, [[accepted.map((cells, which) => cells.map((least) => least + layers[which].step / 2)), picture], found, layers]).then((text) => Buffer.from(text, "base64"));

// --- what was accepted -------------------------------------------------------------------------------------------------
export class Accepted {
  constructor(folder) {
    this.folder = folder;
  }
  names() {
    return readdirSync(this.folder).filter((file) => file.endsWith(".txt")).map((file) => file.slice(0, -4)).sort();
  }
  get(name) {
    return this.names().includes(name) ? read(readFileSync(join(this.folder, `${name}.txt`), "utf8")) : {};
  }
  put(name, forms) {
    writeFileSync(join(this.folder, `${name}.txt`), write(forms));
  }
  remove(name) {
    rmSync(join(this.folder, `${name}.txt`));
  }
}

// A folder as a web site, for pages that need no server of ours.
export async function serve(folder) {
  const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json" };
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://stories").pathname;
    try {
      const bytes = readFileSync(join(folder, path));
      response.writeHead(200, { "Content-Type": types[extname(path)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listens) => server.listen(0, "127.0.0.1", listens));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
