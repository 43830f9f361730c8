// Starts the client: checks that the browser can run it, fetches the wanted catalogue and the wasm side by side, and
// says what to do when something is missing or breaks, now or later. Linked to the end of client.js by the build, so it
// is no request of its own; what it says stands in index.html and crash.js.
(function () {
  'use strict';

  var page = document.documentElement;
  var files = JSON.parse(document.querySelector('meta[name=tidewater-files]').content);
  var module = {}, crashed = false;
  var local = window['tidewaterLocal'];  // the demo brings its own product along (web/demo/demo.js)
  page.dataset.started = 'true';

  function clear() {
    ['loading', 'demo-loading', 'mirror', 'canvas', 'link-under-pointer'].forEach(function (id) {
      var old = document.getElementById(id);
      if (old) old.remove();
    });
  }

  function unsupported(missing) {
    clear();
    page.dataset.unsupported = 'true';
    document.getElementById('missing').textContent = missing;
  }

  // The last word when not even the report can be fetched.
  function failed() {
    var box = document.createElement('main');
    box.className = 'notice';
    ['Tidewater 无法运行，请重新加载页面；如果仍然失败，请联系管理员。',
     'Tidewater cannot run. Please reload the page; if it keeps failing, tell your administrator.'].forEach(function (line) {
      box.appendChild(document.createElement('p')).textContent = line;
    });
    document.body.appendChild(box);
  }

  // Whatever broke, the client's memory can no longer be trusted: it is never called again.
  function crash(error) {
    if (crashed) return;
    crashed = module['dead'] = true;
    console.error(error);
    clear();
    ['keydown', 'keyup', 'pointermove', 'blur', 'focus', 'storage', 'online', 'offline', 'dragover', 'dragleave', 'drop', 'copy',
     'selectionchange', 'visibilitychange'].forEach(function (name) {
      window.addEventListener(name, function (event) { event.stopImmediatePropagation(); }, true);
    });
    window.addEventListener('popstate', function () { location.reload(); }, true);
    var script = document.createElement('script');
    script.src = files['crash.js'] || '/crash.js';
    script.onerror = failed;
    script.onload = function () { window.tidewaterCrash(error, files['client.wasm'] || ''); };
    document.head.appendChild(script);
  }

  window.addEventListener('error', function (event) {
    if (event.error && String(event.filename).indexOf(location.origin) === 0) crash(event.error);  // not an extension's
  });
  window.addEventListener('unhandledrejection', function (event) {
    if (module['files'] && event.reason instanceof WebAssembly.RuntimeError) crash(event.reason);
  });

  function progress(share) {
    var bar = document.getElementById('loading-bar');
    if (bar) bar.style.width = Math.round(8 + 88 * share) + '%';
  }

  function wantedLanguage() {
    var chosen = null;
    try { chosen = localStorage.getItem('tidewater.language'); } catch (error) { /* private window */ }
    chosen = chosen || navigator.language || 'zh-CN';
    return /^zh/i.test(chosen) ? 'zh-CN' : 'en';
  }

  // The client's own: a canvas has one context, which the client is given when it asks (browser_em.cpp, with the same wishes).
  function hasWebGl2() {
    var wishes = { alpha: false, depth: false, stencil: false, antialias: false };
    return !!document.getElementById('canvas').getContext('webgl2', wishes);
  }

  // With a known length the bar moves; the bytes go on to the compiler as they come.
  function counted(response) {
    var total = Number(response.headers.get('content-length')) || 0, seen = 0;
    if (!response.body || !total || response.headers.get('content-encoding')) return response;
    var reader = response.body.getReader();
    return new Response(new ReadableStream({
      pull: function (controller) {
        return reader.read().then(function (part) {
          if (part.done) return controller.close();
          seen += part.value.length;
          progress(seen / total);
          controller.enqueue(part.value);
        });
      },
    }), { headers: { 'content-type': 'application/wasm' } });
  }

  function instantiate(response, imports) {
    if (WebAssembly.instantiateStreaming) return WebAssembly.instantiateStreaming(counted(response), imports);
    return response.arrayBuffer().then(function (bytes) { return WebAssembly.instantiate(bytes, imports); });
  }

  // As its bytes come, where the browser can and the host says what it is.
  function compile(name) {
    return fetch(files[name]).then(function (response) {
      if (!response.ok) throw new Error(response.status + ' ' + name);
      var said = /^application\/wasm\b/.test(response.headers.get('content-type'));
      if (said && WebAssembly.compileStreaming) return WebAssembly.compileStreaming(response);
      return response.arrayBuffer().then(function (bytes) { return WebAssembly.compile(bytes); });
    });
  }

  // What only somebody who is signed in needs is a second file, which puts its functions into the table of the first
  // (tools/split_client.py). It is asked for when the sign-in form stands, or at once where somebody was signed in.
  var rest = files['signed_in.wasm'], exported = null, restFetch = null, here = false;

  function table() {
    for (var name in exported) if (exported[name] instanceof WebAssembly.Table) return exported[name];
  }

  function joined() { return { primary: exported, placeholder: placeholders }; }

  function fetchRest(tellAbout) {
    if (!restFetch) restFetch = fetch(rest);
    if (!exported || here || restFetch.joining) return;
    restFetch.joining = true;
    restFetch.then(function (response) {
      if (!response.ok) throw new Error(response.status + ' signed_in.wasm');
      return here || instantiate(response, joined());
    }).then(function () {
      here = module['whole'] = true;
      tellAbout();
    }).catch(function (error) {
      if (!(error instanceof TypeError)) return crash(error);  // another version, or not a program
      restFetch = null;  // nobody answered
      setTimeout(function () { fetchRest(tellAbout); }, 2000);
    });
  }

  // A function of the second part is called before it is there: the page waits. It should not happen (a test sees to it),
  // but a person would rather wait than lose the page.
  var placeholders = new Proxy({}, {
    get: function (_, index) {
      return function () {
        if (!here) {
          module['early'] = (module['early'] || []).concat(index);
          var request = new XMLHttpRequest();
          request.open('GET', rest, false);
          request.overrideMimeType('text/plain; charset=x-user-defined');
          request.send();
          var bytes = Uint8Array.from(request.responseText, function (sign) { return sign.charCodeAt(0); });
          new WebAssembly.Instance(new WebAssembly.Module(bytes), joined());
          here = module['whole'] = true;
        }
        return table().get(+index).apply(null, arguments);
      };
    },
  });

  var language = wantedLanguage(), catalogue = 'i18n/' + language + '.json', program = null;
  page.lang = language;
  if (typeof WebAssembly !== 'object') return unsupported('WebAssembly');
  if (typeof ResizeObserver !== 'function' || typeof TextDecoder !== 'function') return unsupported('ResizeObserver, TextDecoder');
  if (local) {
    local.begin(language, files);
    program = compile('client.wasm');
    program.catch(function () { /* told below, where it is waited for */ });
  } else if (!hasWebGl2()) {
    return unsupported('WebGL2');
  }

  fetch(files[catalogue] || '/' + catalogue).then(function (response) {
    if (!response.ok) throw new Error(response.status + ' ' + catalogue);
    return response.text();
  }).then(function (text) {
    module.files = files;
    module.preloaded = {};
    module.preloaded[catalogue] = text;
    if (rest) {
      module['fetchRest'] = fetchRest;
      try { if (local || localStorage.getItem('tidewater.session')) restFetch = fetch(rest); } catch (error) { /* private window */ }
    }
    module.instantiateWasm = function (imports, done) {
      imports.placeholder = placeholders;
      // The page's <link rel=preload> has asked for it long ago.
      (program ? program.then(function (compiled) {
        return WebAssembly.instantiate(compiled, imports).then(function (instance) {
          return { instance: instance, module: compiled };
        });
      }) : fetch(files['client.wasm'] || '/client.wasm').then(function (response) {
        return instantiate(response, imports);
      })).then(function (result) {
        exported = result.instance.exports;
        done(result.instance, result.module);
      }).catch(crash);
      return {};
    };
    module.onAbort = crash;
    if (!local) return;
    module['local'] = local;
    local.open(JSON.parse(text)).catch(crash);  // what the client asks meanwhile waits
    // Asking for the graphics keeps this thread for half a second: the worker has been told what to do by then.
    return local.posted.then(function () {
      if (hasWebGl2()) return;
      local.end();
      unsupported('WebGL2');
      return new Promise(function () { /* it ends here */ });
    });
  }).then(function () {
    return createTidewater(module);
  }).then(function (started) {
    window.tidewater = started;  // for tests: tidewater.frames counts what was drawn
  }).catch(crash);
})();
