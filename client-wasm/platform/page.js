// The page as the client's platform (platform.h): a library for the linker, called by browser_em.cpp. The only other
// scripts are files.js beside it, a11y/mirror.js, glyphs.js and web/boot.js.
//
// Frames are drawn only when something asked for one: wake() takes the next animation frame, a frame answers when it
// wants to be called again (0 at once, n in n milliseconds, -1 never). Presses and keys run their frames synchronously
// inside the handler, so that what browsers allow only in a gesture (picker, clipboard, new tab) may happen in them.
//
// Module.local is there in the demo alone (web/demo/demo.js): the product in a worker of this browser, on a host that
// only serves files. It takes the requests, rings the doorbell, has a clock that can be moved and a bar below us, and
// addresses of the client stand behind the page's own address, after a '#', because the host knows none of them.
mergeInto(LibraryManager.library, {
  // The linker writes this object out as data: what is made with `new` must be made when the page runs.
  $TwPage__postset: 'TwPage.encoder = new TextEncoder(); TwPage.decoder = new TextDecoder();',
  $TwPage: {
    self: 0,
    canvas: null,
    raf: 0,
    timer: 0,
    last: 0,
    frames: 0,
    copying: null,
    link: '',  // address of what is under the pointer
    linkElement: null,
    ownTab: false,
    lost: false,  // the graphics context
    lostTimer: 0,
    listens: false,
    stream: null,
    encoder: null,
    decoder: null,

    // --- bytes: what is given must be freed by the one who calls give() ---
    text: function (at, length) { return TwPage.decoder.decode(HEAPU8.slice(at, at + length)); },
    words: function (at) {
      var end = at;
      while (HEAPU8[end]) end++;
      return TwPage.text(at, end - at);
    },
    give: function (text) {
      var bytes = TwPage.encoder.encode(text), at = _malloc(bytes.length + 1);
      HEAPU8.set(bytes, at);
      HEAPU8[at + bytes.length] = 0;
      return at;
    },
    with: function (text, call) {
      var at = TwPage.give(text);
      call(at);
      _free(at);
    },

    // --- frames ---
    wake: function () {
      // One frame makes sure that all is there; more of them under the demo's loading screen only take time from it.
      if (Module['local'] && TwPage.frames && Module['local'].opening()) return;
      if (!TwPage.raf) TwPage.raf = requestAnimationFrame(TwPage.run);
    },
    run: function () {
      TwPage.raf = 0;
      if (Module['dead']) return -1;  // see boot.js
      if (TwPage.timer) clearTimeout(TwPage.timer);
      TwPage.timer = 0;
      var now = performance.now(), passed = (now - TwPage.last) / 1000;
      TwPage.last = now;
      var next = _tw_page_frame(TwPage.self, passed);
      TwPage.frames += _tw_page_drew(TwPage.self);  // those that drew: tests hold a page at rest to none
      Module['frames'] = TwPage.frames;
      if (next === 0) TwPage.wake();
      else if (next > 0) TwPage.timer = setTimeout(TwPage.wake, next);
      return next;
    },
    now: function (most) {
      if (TwPage.raf) cancelAnimationFrame(TwPage.raf);
      while (TwPage.run() === 0 && --most > 0) { cancelAnimationFrame(TwPage.raf); }
    },

    start: function (self) {
      var canvas = document.getElementById('canvas');
      TwPage.self = self;
      TwPage.canvas = canvas;
      TwPage.last = performance.now();
      TwPage.listenPointer(canvas);
      TwPage.listenKeys();
      TwPage.listenPage();
      TwFiles.listen();
      TwPage.resized();
    },

    resized: function () {
      if (Module['dead']) return;  // the canvas was taken away
      var ratio = window.devicePixelRatio || 1;
      var width = document.documentElement.clientWidth, local = Module['local'];
      var height = window.innerHeight - (local ? local.barHeight() : 0);
      var w = Math.round(width * ratio), h = Math.round(height * ratio);
      if (TwPage.canvas.width !== w) TwPage.canvas.width = w;
      if (TwPage.canvas.height !== h) TwPage.canvas.height = h;
      _tw_page_resized(TwPage.self, width, height, ratio);
      if (TwPage.last && TwPage.frames) TwPage.now(2);  // at once: a resized canvas is empty
      else TwPage.wake();
    },

    // --- pointer ---
    listenPointer: function (canvas) {
      var send = function (event, kind) {
        var touch = event.pointerType === 'touch' ? 1 : 0;
        TwPage.modifiers(event);
        _tw_page_pointer(TwPage.self, kind, event.clientX, event.clientY, event.button, touch);
      };
      canvas.addEventListener('pointermove', function (event) { send(event, 0); TwPage.wake(); });
      canvas.addEventListener('pointerdown', function (event) {
        if (event.button > 2) return;
        if (event.button === 2) {  // over what link it is, a frame must have seen
          send(event, 0);
          TwPage.now(1);
          if (TwPage.link) return TwPage.offerLink(event);
        }
        try { canvas.setPointerCapture(event.pointerId); } catch (error) { /* the pointer is gone already */ }
        send(event, 1);
        TwPage.now(4);
      });
      canvas.addEventListener('pointerup', function (event) {
        if (event.button > 2) return;
        // On a slow machine a whole flick may lie between two frames: it must be seen to move before it is let go.
        if (event.pointerType === 'touch') { send(event, 0); TwPage.now(1); }
        send(event, 2);
        TwPage.now(4);
        if (event.pointerType === 'touch') { send(event, 3); TwPage.wake(); }
      });
      canvas.addEventListener('pointercancel', function (event) { send(event, 4); TwPage.wake(); });
      canvas.addEventListener('pointerleave', function (event) { send(event, 3); TwPage.wake(); });
      // Its default would take the focus away from the mirrored field that the press has just focused.
      canvas.addEventListener('mousedown', function (event) { event.preventDefault(); });
      canvas.addEventListener('contextmenu', function (event) { event.preventDefault(); });
      window.addEventListener('pointermove', TwPage.takeLinkBack);
      canvas.addEventListener('wheel', function (event) {
        if (event.ctrlKey) return;  // zoom is the browser's
        event.preventDefault();
        var unit = event.deltaMode === 1 ? 33 : event.deltaMode === 2 ? window.innerHeight : 1;
        var across = event.deltaX * unit / 100, down = event.deltaY * unit / 100;
        if (event.shiftKey && !across) { across = down; down = 0; }
        _tw_page_wheel(TwPage.self, -across, -down);
        TwPage.wake();
      }, { passive: false });
      window.addEventListener('blur', function () { _tw_page_focus(TwPage.self, 0); TwPage.wake(); });
      window.addEventListener('focus', function () { _tw_page_focus(TwPage.self, 1); TwPage.wake(); });
    },

    // A real link under the pointer for as long as it rests there, so that the browser's own menu offers what it offers
    // for every link: open in a new tab, copy the address.
    offerLink: function (event) {
      var link = document.createElement('a');
      TwPage.takeLinkBack();
      link.id = 'link-under-pointer';
      link.href = TwPage.address(TwPage.link);
      link.tabIndex = -1;
      link.setAttribute('aria-hidden', 'true');
      link.style.left = event.clientX - 4 + 'px';
      link.style.top = event.clientY - 4 + 'px';
      link.addEventListener('pointerdown', TwPage.takeLinkBack);
      link.addEventListener('click', function (click) { click.preventDefault(); });
      document.body.appendChild(link);
      TwPage.linkElement = link;
    },
    takeLinkBack: function () {
      if (TwPage.linkElement) TwPage.linkElement.remove();
      TwPage.linkElement = null;
    },

    // --- keys: numbers are those of ui/keys.h ---
    // A key belongs to us exactly when a widget took it in the frame that runs for it; every other one does what the
    // browser does with it: reload, address bar, zoom, find, tabs, history.
    keys: {
      Tab: 1, Enter: 2, NumpadEnter: 2, Escape: 3, Space: 4, ArrowLeft: 7, ArrowRight: 8,
      ArrowUp: 9, ArrowDown: 10, Home: 11, End: 12, PageUp: 13, PageDown: 14, ContextMenu: 15,
      a: 16, c: 17, k: 18, x: 20, z: 22, '/': 23, '?': 24, '\uff1f': 24,
    },
    modifiers: function (event) {
      _tw_page_modifiers(TwPage.self, event.ctrlKey || event.metaKey ? 1 : 0, event.shiftKey ? 1 : 0, event.altKey ? 1 : 0);
    },
    keyOf: function (event, control) {
      var name = event.key, inText = event.target.twText;
      if (name === 'ContextMenu' || (event.shiftKey && name === 'F10')) return event.target.tagName === 'A' ? 0 : 15;
      if (event.altKey) return 0;
      // Letters by what is written on the key, whatever the layout; without Latin letters by where they are.
      if (control && (/^[a-z]$/i.test(name) || /^Key/.test(event.code)))
        return inText && name !== 'k' ? 0 : TwPage.keys[/^[a-z]$/i.test(name) ? name.toLowerCase() : event.code.slice(3).toLowerCase()] || 0;
      if (name.length === 1 && name !== ' ') return inText || control ? 0 : TwPage.keys[name] || 0;
      return TwPage.keys[event.code] || 0;
    },
    listenKeys: function () {
      window.addEventListener('keydown', function (event) {
        if (event.isComposing || event.keyCode === 229) return;
        var control = event.ctrlKey || event.metaKey, key = TwPage.keyOf(event, control);
        // The browser moves the focus, and the ring shows from now on; an open menu closes instead.
        if (key === 1 && !TwPage.ownTab && !(event.target.closest && event.target.closest('[role=menu],[role=listbox]'))) {
          _tw_page_key(TwPage.self, 0, 0, event.shiftKey ? 1 : 0, 0);
          TwPage.wake();
          return;
        }
        if (key) {
          _tw_page_key(TwPage.self, key, control ? 1 : 0, event.shiftKey && key !== 15 && key < 23 ? 1 : 0, 0);
        } else if (Array.from(event.key).length === 1 && !event.target.twText && !control && !event.altKey) {
          TwPage.with(event.key, function (at) { _tw_page_characters(TwPage.self, at); });
        } else {
          return;
        }
        TwPage.now(3);
        if (_tw_page_took(TwPage.self)) event.preventDefault();
      });
      window.addEventListener('keyup', function (event) { TwPage.modifiers(event); });
      document.addEventListener('copy', function (event) {
        if (TwPage.copying === null) return;
        event.clipboardData.setData('text/plain', TwPage.copying);
        event.preventDefault();
        TwPage.copying = null;
      });
    },

    // --- the page around us ---
    listenPage: function () {
      new ResizeObserver(TwPage.resized).observe(TwPage.canvas);  // also where the demo takes a part of the page
      var arm = function () {
        matchMedia('(resolution: ' + window.devicePixelRatio + 'dppx)').addEventListener('change', function () {
          TwPage.resized();
          arm();
        }, { once: true });
      };
      arm();
      ['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)', '(prefers-contrast: more)',
       '(pointer: coarse)'].forEach(function (query) {
        matchMedia(query).addEventListener('change', function () {
          _tw_page_looked(TwPage.self);
          TwPage.wake();
        });
      });
      window.addEventListener('popstate', function () {
        TwPage.with(TwPage.path(), function (at) { _tw_page_went(TwPage.self, at); });
        TwPage.wake();
      });
      ['online', 'offline'].forEach(function (name) {
        window.addEventListener(name, function () {
          if (Module['local']) return;  // is always there
          _tw_page_online(TwPage.self, navigator.onLine ? 1 : 0);
          TwPage.wake();
        });
      });
      // Written only by other pages of this browser: somebody has signed in or out there.
      window.addEventListener('storage', function (event) {
        if (event.key !== 'tidewater.session') return;
        TwPage.with(event.newValue || '', function (at) { _tw_page_signed_in(TwPage.self, at); });
        TwPage.now(2);  // also while this page is hidden
      });
      document.addEventListener('visibilitychange', function () {
        if (!document.hidden) TwPage.wake();
        TwPage.listen(TwPage.listens);
        TwPage.awaitGraphics();
      });
      TwPage.canvas.addEventListener('webglcontextlost', function (event) {
        event.preventDefault();
        TwPage.lost = true;
        TwPage.awaitGraphics();
      });
      TwPage.canvas.addEventListener('webglcontextrestored', function () {
        if (Module['dead']) return;
        TwPage.lost = false;
        TwPage.awaitGraphics();
        if (!_tw_page_restored(TwPage.self)) TwPage.noGraphics();
        TwPage.wake();
      });
    },
    // Browsers give a lost context back within moments, or never. Who looks at an empty page for longer is told what to
    // do (boot.js); a page that nobody sees has time.
    awaitGraphics: function () {
      clearTimeout(TwPage.lostTimer);
      if (TwPage.lost && !document.hidden) TwPage.lostTimer = setTimeout(TwPage.noGraphics, 5000);
    },
    noGraphics: function () {
      if (Module['onAbort']) Module['onAbort']('graphics');
    },
    // The doorbell. The browser comes again by itself when the connection breaks, but not when it was refused: then
    // later. Polling goes on in any case.
    listen: function (wanted) {
      TwPage.listens = wanted;
      var stream = TwPage.stream, open = wanted && !document.hidden && !Module['dead'];
      if (open === !!stream) return;
      var rang = function (newest) {
        if (Module['dead'] || TwPage.stream !== stream) return;
        _tw_page_rang(TwPage.self, newest);
        TwPage.wake();
      };
      if (!open) {
        stream.close();
        stream = TwPage.stream = null;
        return rang(-1);
      }
      var Stream = Module['local'] ? Module['local'].EventSource : EventSource;
      stream = TwPage.stream = new Stream('/api/v1/events/stream');
      stream.onmessage = function (event) { rang(+event.data); };
      stream.onerror = function () {
        rang(-1);
        if (stream.readyState !== 2 || TwPage.stream !== stream) return;
        TwPage.stream = null;
        setTimeout(function () { TwPage.listen(TwPage.listens); }, 60000);
      };
    },
    path: function () {
      if (Module['local']) return location.hash.slice(1) || '/';
      return location.pathname + location.search + location.hash;
    },
    // Of an address of the client, as the browser takes it.
    address: function (path) { return (Module['local'] ? '#' : '') + path; },
  },

  tw_page_start__deps: ['$TwPage', '$TwFiles'],
  tw_page_start: function (self) { TwPage.start(self); },
  tw_page_wake__deps: ['$TwPage'],
  tw_page_wake: function () { TwPage.wake(); },

  tw_page_open_tab__deps: ['$TwPage'],
  tw_page_open_tab: function (path) { window.open(TwPage.address(TwPage.words(path)), '_blank', 'noopener'); },
  tw_page_copy__deps: ['$TwPage'],
  tw_page_copy: function (words) {
    TwPage.copying = TwPage.words(words);
    document.execCommand('copy');
    TwPage.copying = null;
  },

  // Reads of the page: the answer belongs to the caller, who frees it; 0 is "none".
  tw_page_ask__deps: ['$TwPage'],
  tw_page_ask: function (what, name) {
    var key = TwPage.words(name), answer = null;
    if (what === 0) answer = TwPage.path();
    if (what === 1) answer = navigator.language || 'en';
    if (what === 2) { try { answer = localStorage.getItem('tidewater.' + key); } catch (error) { answer = null; } }
    if (what === 3) answer = (Module['files'] || {})[key] || '/' + key;
    if (what === 5) answer = Module['local'] ? location.href.split('#')[0] + '#' : location.origin;
    if (what === 4) answer = (Module['preloaded'] || {})[key];
    if (what === 6) { try { answer = sessionStorage.getItem('tidewater.unsent'); } catch (error) { answer = null; } }
    if (what === 7) answer = history.state;
    if (what === 8) { try { answer = Intl.DateTimeFormat().resolvedOptions().timeZone; } catch (error) { answer = null; } }
    return answer === null || answer === undefined ? 0 : TwPage.give(answer);
  },
  tw_page_tell__deps: ['$TwPage'],
  tw_page_tell: function (what, name, value) {
    var words = TwPage.words(value);
    if (what === 0) history.pushState(TwPage.words(name), '', TwPage.address(words));
    if (what === 1) history.replaceState(TwPage.words(name), '', TwPage.address(words));
    if (what === 2) document.title = words;
    if (what === 3) document.documentElement.lang = words;
    if (what === 4) { try { localStorage.setItem('tidewater.' + TwPage.words(name), words); } catch (error) { /* private window */ } }
    if (what === 5 && TwPage.canvas.style.cursor !== words) TwPage.canvas.style.cursor = words;
    if (what === 6) {
      document.documentElement.style.colorScheme = TwPage.words(name);
      document.documentElement.style.background = words;
      document.querySelector('meta[name=theme-color]').content = words;
    }
    if (what === 7) document.documentElement.dataset.ready = words;
    if (what === 8) {
      try {
        if (words) sessionStorage.setItem('tidewater.unsent', words); else sessionStorage.removeItem('tidewater.unsent');
      } catch (error) { /* full, or a private window */ }
    }
    if (what === 9) TwPage.link = words;
    if (what === 10) history.back();
    if (what === 11) location.reload();
    if (what === 12 && Module['fetchRest']) Module['fetchRest'](TwPage.wake);
    if (what === 13 || what === 14) TwPage.listen(what === 13);
  },
  tw_page_look: function () {
    return (matchMedia('(prefers-color-scheme: dark)').matches ? 1 : 0) |
           (matchMedia('(prefers-reduced-motion: reduce)').matches ? 2 : 0) |
           (matchMedia('(pointer: coarse)').matches ? 4 : 0) |
           (matchMedia('(prefers-contrast: more)').matches ? 8 : 0) | (/Mac|iP/.test(navigator.platform) ? 16 : 0);
  },
  tw_page_whole: function () { return Module['fetchRest'] ? +!!Module['whole'] : 1; },
  tw_page_clock: function () { return Module['local'] ? Module['local'].now() : Date.now(); },
  tw_page_zone: function () { return -new Date().getTimezoneOffset(); },
  tw_page_random: function () { return crypto.getRandomValues(new Uint32Array(1))[0]; },
});
