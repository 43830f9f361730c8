// Keeps the demo for visits without a network: exactly the files of this build, whose list tools/demo.py writes here.
// A new build is a new cache, filled beside the old one and used when no page of the old one is open any more: a page
// never meets files of two builds.
'use strict';

const build = '{{build}}', files = {{cached}};
const cacheName = `tidewater-demo ${build}`;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)));
});

self.addEventListener('activate', (event) => {
  const drop = (names) => Promise.all(names.filter((name) => name.startsWith('tidewater-demo ') && name !== cacheName)
    .map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event, scope = self.registration.scope;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  const wanted = request.mode === 'navigate' ? new URL('index.html', scope).href : request.url;
  event.respondWith(caches.open(cacheName).then((cache) => cache.match(wanted)).then((kept) => kept || fetch(request)));
});
