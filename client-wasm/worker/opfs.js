// Sync access handles of the origin private file system as functions for opfs_file_em.cpp. A library for the linker. What
// the browser refuses (its quota, a handle that somebody closed) is told as a number below zero and never thrown through
// SQLite.
mergeInto(LibraryManager.library, {
  $TwOpfs: {
    handles: [],
    // The database and its journal in `folder` of the origin's own files; a handle is one tab's alone while it is open,
    // and the browser takes a moment to close those of a page that has just been left.
    open: function (folder) {
      if (typeof navigator === 'undefined' || !navigator.storage || !navigator.storage.getDirectory)
        return Promise.reject(new Error('there are none'));
      return navigator.storage.getDirectory().then(function (root) {
        return root.getDirectoryHandle(folder, { create: true });
      }).then(function (directory) {
        return Promise.all(['database', 'journal'].map(function (name) {
          return directory.getFileHandle(name, { create: true }).then(function (file) { return TwOpfs.handle(file, 40); });
        }));
      }).then(function (handles) { TwOpfs.handles = handles; });
    },
    handle: function (file, tries) {
      return file.createSyncAccessHandle().catch(function (problem) {
        if (problem.name !== 'NoModificationAllowedError' || tries === 0) throw problem;
        return new Promise(function (again) { setTimeout(again, 100); }).then(function () { return TwOpfs.handle(file, tries - 1); });
      });
    },
    attempt: function (step) {
      try { return step(); } catch (problem) { console.error('a file of the browser refused: ' + problem); return -1; }
    },
  },
  tw_opfs_size__deps: ['$TwOpfs'],
  tw_opfs_size: function (file) {
    return TwOpfs.attempt(function () { return TwOpfs.handles[file].getSize(); });
  },
  tw_opfs_read__deps: ['$TwOpfs'],
  tw_opfs_read: function (file, into, count, offset) {
    return TwOpfs.attempt(function () { return TwOpfs.handles[file].read(HEAPU8.subarray(into, into + count), { at: offset }); });
  },
  tw_opfs_write__deps: ['$TwOpfs'],
  tw_opfs_write: function (file, bytes, count, offset) {
    return TwOpfs.attempt(function () { return TwOpfs.handles[file].write(HEAPU8.subarray(bytes, bytes + count), { at: offset }); });
  },
  tw_opfs_truncate__deps: ['$TwOpfs'],
  tw_opfs_truncate: function (file, size) {
    return TwOpfs.attempt(function () { TwOpfs.handles[file].truncate(size); return 0; });
  },
  tw_opfs_flush__deps: ['$TwOpfs'],
  tw_opfs_flush: function (file) {
    return TwOpfs.attempt(function () { TwOpfs.handles[file].flush(); return 0; });
  },
});
