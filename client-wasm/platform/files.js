// What the page gives to and takes from the world: files by picker and by dropping, requests, downloads. A library for
// the linker like page.js, which starts it.
mergeInto(LibraryManager.library, {
  // The linker writes this object out as data: what is made with `new` must be made when the page runs.
  $TwFiles__deps: ['$TwPage'],
  $TwFiles__postset: 'TwFiles.files = new Map(); TwFiles.requests = new Map();',
  $TwFiles: {
    files: null,  // that the person has chosen, by our number
    nextFile: 1,
    requests: null,  // under way

    keep: function (target, file) {
      var id = TwFiles.nextFile++;
      TwFiles.files.set(id, file);
      TwPage.with(file.name, function (at) { _tw_page_file(TwPage.self, target, id, at, file.size); });
      TwPage.wake();
    },
    listen: function () {
      var hasFiles = function (event) { return event.dataTransfer && Array.prototype.indexOf.call(event.dataTransfer.types, 'Files') >= 0; };
      window.addEventListener('dragover', function (event) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        var target = _tw_page_drag_files(TwPage.self, event.clientX, event.clientY, 1);
        event.dataTransfer.dropEffect = target ? 'copy' : 'none';
        TwPage.wake();
      });
      window.addEventListener('dragleave', function (event) {
        if (!event.relatedTarget) { _tw_page_drag_files(TwPage.self, 0, 0, 0); TwPage.wake(); }
      });
      window.addEventListener('drop', function (event) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        var target = _tw_page_drag_files(TwPage.self, event.clientX, event.clientY, 0), i;
        for (i = 0; i < event.dataTransfer.files.length; i++) TwFiles.keep(target, event.dataTransfer.files[i]);
      });
    },
    pick: function (target, accept) {
      var input = document.createElement('input');
      input.type = 'file';
      input.accept = accept;
      input.id = 'file-picker';
      input.hidden = true;
      var old = document.getElementById('file-picker');
      if (old) old.remove();
      document.body.appendChild(input);
      input.addEventListener('change', function () {
        for (var i = 0; i < input.files.length; i++) TwFiles.keep(target, input.files[i]);
        input.remove();
      });
      input.click();
    },

    // --- requests: XMLHttpRequest, because fetch tells nothing about the progress of an upload ---
    send: function (id, method, path, headers, body, file) {
      var local = path.indexOf('/api/') === 0 && Module['local'];
      var request = local ? new local.Request() : new XMLHttpRequest();
      TwFiles.requests.set(id, request);
      var done = function (status, head, bytes) {
        if (!TwFiles.requests.delete(id)) return;
        var at = _malloc(Math.max(1, bytes.length));
        HEAPU8.set(bytes, at);
        TwPage.with(head, function (head_at) { _tw_page_reply(TwPage.self, id, status, head_at, at, bytes.length); });
        _free(at);
        TwPage.wake();
      };
      request.open(method, path);
      request.responseType = 'arraybuffer';
      headers.forEach(function (pair) { request.setRequestHeader(pair[0], pair[1]); });
      request.onload = function () {
        done(request.status, request.getAllResponseHeaders(), new Uint8Array(request.response || new ArrayBuffer(0)));
      };
      request.onerror = request.onabort = request.ontimeout = function () { done(0, '', new Uint8Array(0)); };
      if (file) {
        request.upload.onprogress = function (event) {
          _tw_page_uploaded(TwPage.self, id, event.loaded, event.total);
          TwPage.wake();
        };
      }
      request.send(file ? TwFiles.files.get(file) : body.length ? body : null);
    },
  },

  tw_page_send__deps: ['$TwPage', '$TwFiles'],
  tw_page_send: function (id, method, path, headers, body, length, file) {
    TwFiles.send(id, TwPage.words(method), TwPage.words(path), JSON.parse(TwPage.words(headers)),
                HEAPU8.slice(body, body + length), file);
  },
  tw_page_abort__deps: ['$TwFiles'],
  tw_page_abort: function (id) {
    var request = TwFiles.requests.get(id);
    TwFiles.requests.delete(id);
    if (request) request.abort();
  },

  tw_page_pick__deps: ['$TwPage', '$TwFiles'],
  tw_page_pick: function (target, accept) { TwFiles.pick(target, TwPage.words(accept)); },
  tw_page_release__deps: ['$TwFiles'],
  tw_page_release: function (file) { TwFiles.files.delete(file); },
  tw_page_download__deps: ['$TwPage'],
  tw_page_download: function (path) {
    if (Module['local']) return Module['local'].download(TwPage.words(path));
    var link = document.createElement('a');
    link.href = TwPage.words(path);
    link.download = '';
    document.body.appendChild(link);
    link.click();
    link.remove();
  },
});
