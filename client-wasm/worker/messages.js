// The worker's post box: takes messages, hands their bytes to the backend, posts what it answers, and lets jobs take
// their steps in between. A library for the linker; main.cpp starts it. The same under Node (worker_threads).
//
//   {id, open: {version, catalogues: {language: text}, folder, world, ahead}} -> {id, opened: true, kept} or {id, problem}
//        `folder`: under which name the browser keeps the data. kept: "files" or "blocks" (opfs.js, blocks.js); without a
//        folder, or where the browser keeps nothing, empty: they are in memory
//        `world`: in which language the demo's world is made where nobody exists yet, told by {id, progress: 0 to 1};
//        without it none is made. `ahead`: how far the clock was moved before, in milliseconds
//   {id, method, path, headers: {name: value}, body}             -> {id, status, headers, body: Uint8Array}
//        `body`: text, Uint8Array, ArrayBuffer or nothing
//   {id, setUpToken: true}                                       -> {id, token}: empty once somebody exists
//   {id, moveClock: milliseconds}                                -> {id, moved: true}: forward only
//   {id, players: true}                                          -> {id, players: [{person, name, department, about}], first}
//   {id, actAs: person}                                          -> {id, token} of a session without a password, or empty
//   {id, exportFile: true}                                       -> {id, file: Uint8Array}: the database; empty: unreadable
//   {id, take: Uint8Array}                                       -> {id, taken: true}, another database is in its place and
//        wants to be opened anew, or {id, refused}: a key of the catalogues
// And unasked, when something has changed: {changed: true}. Messages are answered in their order; those that come while
// the program is being compiled wait for it.
mergeInto(LibraryManager.library, {
  $TwMessages__deps: ['$TwOpfs', '$TwBlocks'],
  $TwMessages__postset: 'TwMessages.hear();',  // while the script is read: the browser delivers when it has been, and only then
  $TwMessages: {
    port: null,
    timer: 0,
    kept: '',     // how the data are
    asked: 0,     // the id of the message that is being answered
    commits: 0,   // as we last said
    step: 30,     // milliseconds that a job may take before requests have their turn again
    opening: null,  // a promise, while the browser opens our files: what comes meanwhile waits
    held: [],       // answers of this turn, until what they tell of is kept
    keeping: null,  // a promise: what was changed before is kept
    early: [],      // what came before the program ran
    told: 0,        // when we told of the world last

    hear: function () {
      if (ENVIRONMENT_IS_NODE) return;  // keeps them itself
      TwMessages.port = self;
      self.onmessage = function (event) { TwMessages.early.push(event.data); };
    },
    post: function (message, moved) { TwMessages.port.postMessage(message, moved || []); },
    reply: function (message, moved) { TwMessages.held.push([message, moved]); },
    // Ends a turn: answers go out, after what changed is kept where keeping it takes a while.
    settle: function () {
      var held = TwMessages.held, count = _tw_changed_blocks();
      var go = function () { held.forEach(function (entry) { TwMessages.post(entry[0], entry[1]); }); };
      TwMessages.held = [];
      if (count < 0) return TwMessages.keeping ? TwMessages.keeping.then(go) : go();
      var kept = TwBlocks.keep(count).then(go, function (problem) {
        setTimeout(function () { throw new Error('the browser does not keep the data: ' + problem); });
      });
      TwMessages.keeping = kept;
      kept.then(function () { if (TwMessages.keeping === kept) TwMessages.keeping = null; });
    },
    // Calls `use` with copies of the texts or bytes in the program's memory: address and length of each.
    lend: function (values, use) {
      var numbers = [], i;
      for (i = 0; i < values.length; i++) {
        var value = values[i];
        var bytes = typeof value === 'string' ? new TextEncoder().encode(value) : new Uint8Array(value || 0);
        var at = _malloc(bytes.length || 1);
        HEAPU8.set(bytes, at);
        numbers.push(at, bytes.length);
      }
      try {
        return use.apply(null, numbers);
      } finally {
        for (i = 0; i < numbers.length; i += 2) _free(numbers[i]);
      }
    },
    text: function (at, length) { return new TextDecoder().decode(HEAPU8.slice(at, at + length)); },

    take: function (message) {
      if (TwMessages.opening) {
        TwMessages.opening = TwMessages.opening.then(function () { TwMessages.answer(message); });
      } else {
        TwMessages.answer(message);
      }
    },
    answer: function (message) {
      TwMessages.asked = message.id;
      if (message.open) return TwMessages.open(message);
      if (message.moveClock !== undefined) {
        _tw_move_clock(message.moveClock);
        TwMessages.reply({ id: message.id, moved: true });
      } else if (message.players) {
        _tw_players();
      } else if (message.actAs) {
        _tw_act_as(message.actAs);
      } else if (message.setUpToken) {
        _tw_set_up_token();
      } else if (message.exportFile) {
        _tw_export();
      } else if (message.take) {
        TwMessages.lend([message.take], _tw_take);
      } else {
        var headers = message.headers || {};
        var head = JSON.stringify({
          method: message.method, path: message.path,
          headers: Object.keys(headers).map(function (name) { return { name: name, value: String(headers[name]) }; }),
        });
        TwMessages.lend([head, message.body], _tw_handle);
      }
      TwMessages.ring();
      TwMessages.settle();
      TwMessages.later(0);
    },
    open: function (message) {
      var begin = function (kept) {
        TwMessages.asked = message.id;
        TwMessages.kept = kept;
        var texts = message.open.catalogues;
        var parts = JSON.stringify({
          version: message.open.version, kept: kept, world: message.open.world || '', ahead: message.open.ahead || 0,
        });
        Object.keys(texts).forEach(function (language) { TwMessages.lend([language, texts[language]], _tw_catalogue); });
        TwMessages.lend([parts], _tw_open);
        TwMessages.opening = null;
        TwMessages.settle();
        TwMessages.later(0);
      };
      var folder = message.open.folder;
      if (!folder || ENVIRONMENT_IS_NODE) return begin('');
      TwMessages.opening = TwOpfs.open(folder).then(function () { begin('files'); }, function (problem) {
        console.warn('no files: ' + problem);
        if (problem.name === 'NoModificationAllowedError') return begin('');  // somebody has them: another place is no answer
        return TwBlocks.open(folder).then(function (blocks) {
          blocks.forEach(function (block) { TwMessages.lend([block], _tw_load_block); });
          begin('blocks');
        }, function (none) {
          console.warn('the data are not kept: ' + none);
          begin('');
        });
      });
    },

    later: function (milliseconds) {
      clearTimeout(TwMessages.timer);
      TwMessages.timer = setTimeout(function () {
        var next = _tw_run_jobs(TwMessages.step);
        TwMessages.ring();
        TwMessages.settle();
        if (next >= 0) TwMessages.later(next);
      }, milliseconds);
    },
    ring: function () {
      var commits = _tw_commits();
      if (commits !== TwMessages.commits) TwMessages.reply({ changed: true });
      TwMessages.commits = commits;
    },
  },

  tw_worker_listen__deps: ['$TwMessages'],
  tw_worker_listen: function () {
    if (ENVIRONMENT_IS_NODE) {
      TwMessages.port = require('worker_threads').parentPort;
      TwMessages.port.on('message', TwMessages.take);
    } else {
      self.onmessage = function (event) { TwMessages.take(event.data); };
      TwMessages.early.splice(0).forEach(TwMessages.take);
    }
  },
  tw_worker_opened__deps: ['$TwMessages'],
  tw_worker_opened: function (problem, length) {
    if (length) TwMessages.reply({ id: TwMessages.asked, problem: TwMessages.text(problem, length) });
    else TwMessages.reply({ id: TwMessages.asked, opened: true, kept: TwMessages.kept });
  },
  tw_worker_reply__deps: ['$TwMessages'],
  tw_worker_reply: function (head, headLength, body, bodyLength) {
    var reply = JSON.parse(TwMessages.text(head, headLength));
    var headers = {};
    reply.headers.forEach(function (entry) { headers[entry.name] = entry.value; });
    var bytes = HEAPU8.slice(body, body + bodyLength);
    TwMessages.reply({ id: TwMessages.asked, status: reply.status, headers: headers, body: bytes }, [bytes.buffer]);
  },
  tw_worker_progress__deps: ['$TwMessages'],
  tw_worker_progress: function (done, total) {
    var now = Date.now();
    if (now - TwMessages.told < 250) return;  // each makes the browser draw its page anew, and the world waits for it
    TwMessages.told = now;
    TwMessages.post({ id: TwMessages.asked, progress: done / total });
  },
  tw_worker_players__deps: ['$TwMessages'],
  tw_worker_players: function (players, length) {
    TwMessages.reply(Object.assign({ id: TwMessages.asked }, JSON.parse(TwMessages.text(players, length))));
  },
  tw_worker_token__deps: ['$TwMessages'],
  tw_worker_token: function (token, length) {
    TwMessages.reply({ id: TwMessages.asked, token: TwMessages.text(token, length) });
  },
  tw_worker_file__deps: ['$TwMessages'],
  tw_worker_file: function (bytes, length) {
    var file = HEAPU8.slice(bytes, bytes + length);
    TwMessages.reply({ id: TwMessages.asked, file: file }, [file.buffer]);
  },
  tw_worker_taken__deps: ['$TwMessages'],
  tw_worker_taken: function (refusal, length) {
    TwMessages.reply(length ? { id: TwMessages.asked, refused: TwMessages.text(refusal, length) } : { id: TwMessages.asked, taken: true });
  },
  // Emscripten's own asks for each byte by itself: 20,000 calls for the draw keys of 5,000 items.
  getentropy__deps: [],
  getentropy: function (into, count) {
    crypto.getRandomValues(HEAPU8.subarray(into, into + count));
    return 0;
  },
});
