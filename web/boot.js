// Starts the client: checks that the browser can run it, fetches the wanted catalogue and the wasm side by side, and
// says what to do when something is missing. Linked to the end of client.js by the build, so it is no request of its own.
(function () {
  'use strict';

  var files = JSON.parse(document.querySelector('meta[name=tidewater-files]').content);

  function notice(lines) {
    var box = document.createElement('main'), i, line;
    box.className = 'notice';
    for (i = 0; i < lines.length; i++) {
      line = document.createElement(i === 0 ? 'h1' : 'p');
      line.textContent = lines[i];
      box.appendChild(line);
    }
    ['loading', 'mirror', 'canvas'].forEach(function (id) {
      var old = document.getElementById(id);
      if (old) old.remove();
    });
    document.body.appendChild(box);
  }

  function failed(error) {
    console.error(error);
    if (document.querySelector('.notice')) return;
    notice(['Tidewater 无法启动 · Tidewater could not start', '请重新加载页面；如果仍然失败，请告诉管理员。',
            'Please reload the page; if it keeps failing, tell your administrator.']);
  }

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

  function hasWebGl2() {
    var context = document.createElement('canvas').getContext('webgl2');
    var lose = context && context.getExtension('WEBGL_lose_context');
    if (lose) lose.loseContext();
    return !!context;
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

  if (typeof WebAssembly !== 'object' || typeof ResizeObserver !== 'function' || !hasWebGl2()) {
    notice(['这个浏览器无法运行 Tidewater · This browser cannot run Tidewater',
            '请使用较新的 Chrome、Edge、Firefox 或 Safari，并开启硬件加速（WebGL2）。',
            'Please use a recent Chrome, Edge, Firefox or Safari with hardware acceleration (WebGL2) switched on.']);
    return;
  }

  var language = wantedLanguage(), catalogue = 'i18n/' + language + '.json', preloaded = {};
  document.documentElement.lang = language;
  fetch(files[catalogue] || '/' + catalogue).then(function (response) {
    if (!response.ok) throw new Error(response.status + ' ' + catalogue);
    return response.text();
  }).then(function (text) {
    preloaded[catalogue] = text;
    return createTidewater({
      files: files,
      preloaded: preloaded,
      instantiateWasm: function (imports, done) {
        // The page's <link rel=preload> has asked for it long ago.
        fetch(files['client.wasm'] || '/client.wasm').then(function (response) {
          return WebAssembly.instantiateStreaming(counted(response), imports);
        }).then(function (result) {
          done(result.instance, result.module);
        }).catch(failed);
        return {};
      },
      onAbort: failed,
    });
  }).then(function (module) {
    window.tidewater = module;  // for tests: tidewater.frames counts what was drawn
  }).catch(failed);
})();
