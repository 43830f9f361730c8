// The demo's page around the client: starts the local backend (client-wasm/worker) in a Web Worker, shows how far the
// demo's world is, and is to the client what a server is: Request and EventSource below. Loaded before client.js and by
// the demo's index.html alone; boot.js finds it as window.tidewaterLocal. The bar below the client is demo_bar.js.
//
// What must stay true: no answer is made up here, every one comes from the worker, and none comes synchronously. No
// request leaves the folder that the page was loaded from. The session's cookie is kept here, as a browser keeps it for
// a server; one page at a time has the database.
(() => {
  'use strict';

  // Filled in by tools/demo.py, which finds the words of this page by their keys and leaves their numbers here:
  // language -> words, from the catalogues. Elsewhere {name} stands for a value.
  const texts = {{texts}};
  let language = 'en';
  const tr = (key, values = {}) => texts[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // Another world (world_version in cast.h) is another folder: the old one is of no use.
  const folder = 'tidewater-demo-{{world_version}}', version = '{{version}}';
  const forEver = Number.MAX_SAFE_INTEGER;

  const store = {
    key: (name) => `tidewater.demo.${folder}.${name}`,
    get: (name) => { try { return localStorage.getItem(store.key(name)) || ''; } catch (refused) { return ''; } },
    set: (name, value) => { try { localStorage.setItem(store.key(name), value); } catch (refused) { /* private window */ } },
  };

  // --- the worker ----------------------------------------------------------------------------------------------------
  let worker = null, lastId = 0, cookie = '', ahead = 0;
  const asked = new Map(), bells = new Set();

  const crash = (problem) => { setTimeout(() => { throw problem; }); };  // heard by boot.js, which says so

  function startWorker(address) {
    worker = new Worker(address);
    worker.onmessage = ({ data }) => {
      if (data.changed) return bells.forEach((bell) => bell.ring(forEver));
      const question = asked.get(data.id);
      if (!question) return;
      if (data.progress !== undefined) return question.progress && question.progress(data.progress);
      asked.delete(data.id);
      if (data.problem) question.failed(new Error(data.problem)); else question.done(data);
    };
    worker.onerror = (event) => {
      const problem = new Error(`the local backend: ${event.message || 'cannot be loaded'}`);
      if (!asked.size) return crash(problem);
      asked.forEach((question) => question.failed(problem));
      asked.clear();
    };
  }

  function ask(message, progress) {
    return new Promise((done, failed) => {
      asked.set(++lastId, { done, failed, progress });
      worker.postMessage({ id: lastId, ...message });
    });
  }

  async function request(method, path, headers, body) {
    const reply = await ask({ method, path, headers: cookie ? { ...headers, Cookie: cookie } : headers, body });
    const set = reply.headers['set-cookie'];
    if (set !== undefined) {
      const [pair] = set.split(';');
      keepCookie(pair.endsWith('=') ? '' : pair);
    }
    delete reply.headers['set-cookie'];  // no script of a page sees it
    return reply;
  }

  function keepCookie(pair) { store.set('cookie', cookie = pair); }

  async function actAs(person) {
    const { token } = await ask({ actAs: person });
    if (token) {
      keepCookie(`tidewater_session=${token}`);
      store.set('person', String(person));
    }
    return !!token;
  }

  function forgetPerson() {
    keepCookie('');
    store.set('person', '');
  }

  // Whoever comes back goes on as who they were, without a password: whom the demo knows nobody has one for.
  async function signIn() {
    cookie = store.get('cookie');
    if (cookie && (await request('GET', '/api/v1/session', {})).status === 200) return;
    keepCookie('');
    const { players, first } = await ask({ players: true }), before = Number(store.get('person'));
    if (!await actAs(players.some(({ person }) => person === before) ? before : first)) throw new Error('nobody of the cast is there');
  }

  // --- what the client takes for XMLHttpRequest and EventSource --------------------------------------------------------
  class LocalRequest {
    constructor() {
      this.headers = {};
      this.upload = {};
      this.status = 0;
      this.response = null;
      this.lines = '';
    }
    open(method, path) {
      this.method = method;
      this.path = path;
    }
    setRequestHeader(name, value) { this.headers[name] = value; }
    getAllResponseHeaders() { return this.lines; }
    async send(body) {
      try {
        await inside;
        const bytes = body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : body;
        if (this.aborted) return;
        if (bytes && this.upload.onprogress) this.upload.onprogress({ loaded: bytes.length, total: bytes.length });
        const reply = await request(this.method, this.path, this.headers, bytes);
        if (this.aborted) return;
        this.status = reply.status;
        this.lines = Object.entries(reply.headers).map(([name, value]) => `${name}: ${value}\r\n`).join('');
        this.response = reply.body.buffer;
      } catch (problem) {  // a file that cannot be read any more, or no worker: as no answer from a server
        console.error(problem);
        return this.onerror();
      }
      this.onload();
    }
    abort() {
      this.aborted = true;
      this.onabort();
    }
  }

  class LocalEvents {
    constructor() {
      this.readyState = 1;
      bells.add(this);
      setTimeout(() => this.ring(0));
    }
    ring(newest) {
      if (this.readyState === 1 && this.onmessage) this.onmessage({ data: String(newest) });
    }
    close() {
      this.readyState = 2;
      bells.delete(this);
    }
  }

  async function download(path) {
    const reply = await request('GET', path, {});
    if (reply.status !== 200) throw new Error(`${reply.status} ${path}`);
    const name = /filename\*=UTF-8''([^;]+)/.exec(reply.headers['content-disposition'] || '');
    save(name ? decodeURIComponent(name[1]) : '', new Blob([reply.body], { type: reply.headers['content-type'] }));
  }

  function save(name, blob) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  // --- until it runs -----------------------------------------------------------------------------------------------------
  // One page has the data. Another one waits, and says so; a browser without locks has no such files either.
  function alone(waiting) {
    if (!navigator.locks) return Promise.resolve();
    return new Promise((done) => {
      const timer = setTimeout(waiting, 3000);  // a page that is being left lets go within moments
      navigator.locks.request(folder, () => {
        clearTimeout(timer);
        done();
        return new Promise(() => {});  // as long as this page lives
      });
    });
  }

  function loadingScreen() {
    const screen = document.createElement('main'), title = document.createElement('h1'), line = document.createElement('p');
    const bar = document.createElement('progress');
    screen.id = 'demo-loading';
    screen.className = 'notice';
    bar.setAttribute('aria-label', tr('demo.start.preparing'));
    bar.max = 1;
    bar.value = 0;
    bar.style.visibility = 'hidden';  // until it means something: one that waits is drawn sixty times a second
    line.setAttribute('role', 'status');
    screen.append(title, line, bar);
    document.body.append(screen);
    return {
      say(heading, text) {
        title.textContent = heading;
        line.textContent = text;
      },
      progress(share) {
        bar.value = share;
        bar.style.visibility = '';
      },
      remove() { screen.remove(); },
    };
  }

  // What is in the files map is loaded once and kept (service-worker.js): the next visit needs no network.
  function keepForOffline() {
    if (navigator.serviceWorker) navigator.serviceWorker.register('service-worker.js').catch((refused) => console.warn(refused));
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  }

  // The worker opens the database, and makes its world, while the client starts under the loading screen: the client waits
  // until the worker has been told to (`posted`), because starting keeps this thread from telling. Where a world has to be
  // made it waits for the first of it, too: the world takes longer, and two processors are not enough for both beginnings.
  let opening = null, letIn = null, tellPosted = null;
  const inside = new Promise((done) => { letIn = done; });
  const posted = new Promise((done) => { tellPosted = done; });
  function begin(wanted, files) {
    language = wanted;
    ahead = Number(store.get('ahead')) || 0;
    document.documentElement.dataset.opening = 'true';
    opening = prepare(files);
    opening.catch(() => { /* told by open, which waits for it */ });
  }

  async function prepare(files) {
    const screen = loadingScreen(), say = (words) => screen.say(tr('demo.start.preparing'), words);
    say(tr('demo.start.loading'));
    const load = async (name) => {
      const reply = await fetch(files[`i18n/${name}.json`]);
      if (!reply.ok) throw new Error(`${reply.status} ${name}`);
      return [name, await reply.text()];
    };
    startWorker(files['worker.js']);
    const [loaded] = await Promise.all([
      Promise.all(['zh-CN', 'en'].map(load)),
      alone(() => screen.say(tr('demo.start.elsewhere'), tr('demo.start.close'))),
    ]);
    say(tr('demo.start.loading'));
    const wants = store.get('keep') !== 'no', open = { version, catalogues: Object.fromEntries(loaded), ahead };
    const opened = ask({ open: { ...open, folder: wants ? folder : '', world: language } }, (share) => {
      say(tr('demo.start.building'));
      screen.progress(share);
      tellPosted();
    });
    if (store.get('person')) tellPosted();
    opened.then(tellPosted, tellPosted);
    const { kept } = await opened;
    return { files, screen, wants, open, kept };
  }

  async function open(catalogue) {
    const { files, screen, wants, open, kept } = await opening;
    await signIn();
    letIn();
    const keepFromNowOn = async () => {
      const { file } = await ask({ exportFile: true });
      if (!await keepElsewhere(files['worker.js'], { ...open, folder }, file)) return false;
      store.set('keep', '');
      return true;
    };
    await window.tidewaterBar.show({ language, tr, catalogue, kept, wants, ask, request, actAs, store, moveClock, forgetPerson,
      keepFromNowOn, forget: () => forget(kept), onChange: (ring) => bells.add({ ring }),
      stop: () => worker.terminate(), person: Number(store.get('person')) });
    screen.remove();
    delete document.documentElement.dataset.opening;
    keepForOffline();
  }

  // What was in memory goes into the browser's files, by a second worker that opens them.
  async function keepElsewhere(address, open, file) {
    const first = worker;
    try {
      startWorker(address);
      const { kept } = await ask({ open });
      const answer = kept ? await ask({ take: file }) : { refused: 'nothing is kept' };
      worker.terminate();
      return !answer.refused;
    } finally {
      worker = first;
    }
  }

  // The files of a worker that was just ended are closed a moment later.
  async function forget(kept) {
    for (let tries = 40; kept === 'files'; --tries) {
      try {
        return await (await navigator.storage.getDirectory()).removeEntry(folder, { recursive: true });
      } catch (refused) {
        if (refused.name === 'NotFoundError') return undefined;
        if (tries === 0) throw refused;
        await new Promise((again) => setTimeout(again, 100));
      }
    }
    if (kept === 'blocks') await new Promise((done) => {
      const request = indexedDB.deleteDatabase(folder);
      request.onsuccess = request.onerror = done;
    });
    return undefined;
  }

  async function moveClock(milliseconds) {
    ahead += milliseconds;
    store.set('ahead', String(ahead));
    await ask({ moveClock: milliseconds });
    if ((await request('GET', '/api/v1/session', {})).status !== 200) {  // sessions end after days
      keepCookie('');
      await signIn();
      location.reload();
    }
    bells.forEach((bell) => bell.ring(forEver));
  }

  window.tidewaterLocal = {
    begin, posted, open, end: () => worker && worker.terminate(),
    opening: () => 'opening' in document.documentElement.dataset,
    save, download: (path) => { download(path).catch(crash); }, Request: LocalRequest, EventSource: LocalEvents,
    now: () => Date.now() + ahead, barHeight: () => window.tidewaterBar.height(),
  };
})();
