// The side list and the switches around a story. The address is the only state: it is handed on to the story, which
// reads the same names (storybook/page.h); `width` is ours.
(function () {
  'use strict';

  var frame = document.getElementById('story'), nav = document.querySelector('nav');
  var switches = ['theme', 'lang', 'density', 'width'];

  function wanted() { return new URLSearchParams(location.hash.slice(1)); }

  function address(changed) {
    var all = wanted();
    Object.keys(changed).forEach(function (name) {
      if (changed[name]) all.set(name, changed[name]); else all.delete(name);
    });
    return '#' + all.toString();
  }

  function show() {
    var all = wanted(), story = all.get('story');
    switches.forEach(function (name) {
      var box = document.getElementById(name);
      box.value = all.get(name) || box.options[0].value;
    });
    nav.querySelectorAll('a').forEach(function (link, at) {
      var key = link.dataset.story, here = key === story || (!story && at === 0);
      link.href = address({ story: key });
      if (here) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
    });
    frame.style.width = all.get('width') ? all.get('width') + 'px' : '';
    document.getElementById('alone').href = 'story.html' + location.hash;
    if (frame.src) frame.contentWindow.location.replace('story.html' + location.hash);
    else frame.src = 'story.html' + location.hash;
  }

  // The program in the frame knows what there is.
  function list() {
    var book = frame.contentWindow.tidewater;
    if (!book) return setTimeout(list, 50);
    var group = '';
    book.UTF8ToString(book._tw_storybook_list()).trim().split('\n').forEach(function (line) {
      var parts = line.split(' '), link = document.createElement('a'), heading;
      if (parts[0] !== group) {
        group = parts[0];
        heading = document.createElement('h2');
        heading.textContent = group;
        nav.appendChild(heading);
      }
      link.dataset.story = parts[1];
      link.textContent = parts[1].replace(/-/g, ' ');
      nav.appendChild(link);
    });
    show();
  }

  switches.forEach(function (name) {
    document.getElementById(name).addEventListener('change', function (event) {
      var changed = {};
      changed[name] = event.target.value;
      location.hash = address(changed);
    });
  });
  window.addEventListener('hashchange', show);
  show();
  list();
})();
