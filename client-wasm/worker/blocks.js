// Where the browser has no files for a worker: the database's blocks as values of IndexedDB (block_file.h). A library
// for the linker. What a transaction has changed is one transaction there, and it is durable before anybody hears of it.
mergeInto(LibraryManager.library, {
  $TwBlocks: {
    store: null,  // the open IDBDatabase
    changed: [],  // [number, bytes] that go with the next transaction

    wait: function (request) {
      return new Promise(function (done, failed) {
        request.onsuccess = function () { done(request.result); };
        request.onerror = request.onblocked = function () { failed(request.error || new Error('the store is in use')); };
      });
    },
    // The blocks that are kept, from the first.
    open: function (name) {
      if (typeof indexedDB === 'undefined' || !indexedDB) return Promise.reject(new Error('there is no IndexedDB'));
      var request = indexedDB.open(name, 1);
      request.onupgradeneeded = function () { request.result.createObjectStore('blocks'); };
      return TwBlocks.wait(request).then(function (store) {
        TwBlocks.store = store;
        return TwBlocks.wait(store.transaction('blocks').objectStore('blocks').getAll());
      });
    },
    // Keeps what has changed; `count` blocks are all there are.
    keep: function (count) {
      var changed = TwBlocks.changed, work = TwBlocks.store.transaction('blocks', 'readwrite', { durability: 'strict' });
      TwBlocks.changed = [];
      var blocks = work.objectStore('blocks');
      changed.forEach(function (entry) { blocks.put(entry[1], entry[0]); });
      blocks.delete(IDBKeyRange.lowerBound(count));
      return new Promise(function (done, failed) {
        work.oncomplete = done;
        work.onabort = function () { failed(work.error); };
      });
    },
  },
  tw_worker_block__deps: ['$TwBlocks'],
  tw_worker_block: function (number, bytes, length) {
    TwBlocks.changed.push([number, HEAPU8.slice(bytes, bytes + length)]);
  },
});
