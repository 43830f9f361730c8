// Loaded only after the client has crashed: says so in plain HTML, offers a report to copy and a fresh start. What was
// half written is kept by the page (sessionStorage) and comes back after reloading.
//
// The report names nobody: no address beyond the kind of screen, no message that could quote data, no text of the page.
(function () {
  'use strict';

  var chinese = /^zh/.test(document.documentElement.lang);
  var words = chinese ? {
    title: 'Tidewater 遇到错误，已停止',
    what: '已保存的内容不受影响；尚未提交的文字在重新加载后会恢复。',
    report: '错误报告（不含个人数据），可以发给管理员：',
    graphics: '浏览器收回了本页的图形功能', without: '重新加载即可继续；已保存的内容不受影响，尚未提交的文字会恢复。如果反复出现，请关闭一些标签页或重启浏览器。',
    reload: '重新加载', fresh: '放弃未提交的文字并重新加载', copy: '复制报告', copied: '已复制',
  } : {
    title: 'Tidewater has stopped because of an error',
    what: 'What was saved is safe. What you were writing comes back after reloading.',
    report: 'A report without personal data, for your administrator:',
    graphics: 'The browser has taken the graphics of this page away',
    without: 'Reload to go on: what was saved is safe, and what you were writing comes back. If it happens again, close some tabs or restart the browser.',
    reload: 'Reload', fresh: 'Reload without what I was writing', copy: 'Copy the report', copied: 'Copied',
  };

  // WebAssembly's own messages ("unreachable") quote nothing; those of scripts may.
  function describe(error) {
    if (typeof error === 'string') return 'Aborted: ' + error.slice(0, 200);
    if (!error) return 'Unknown error';
    var trap = typeof WebAssembly === 'object' && error instanceof WebAssembly.RuntimeError;
    var lines = String(error.stack || '').split('\n').filter(function (line) { return /^\s*at |@/.test(line); });
    return [(error.name || 'Error') + (trap ? ': ' + error.message : '')].concat(lines.slice(0, 30)).join('\n')
        .split(location.origin).join('');
  }

  function add(parent, tag, text) {
    var element = document.createElement(tag);
    element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  // Twice within a minute: perhaps it is what was being written that brings it down.
  function crashedJustNow() {
    try {
      var before = Number(sessionStorage.getItem('tidewater.crashed')), now = Date.now();
      sessionStorage.setItem('tidewater.crashed', String(now));
      return now - before < 60000;
    } catch (error) {
      return false;
    }
  }

  window.tidewaterCrash = function (error, build) {
    var report = ['Tidewater client', new Date().toISOString(), build,
                  location.pathname.replace(/[0-9]+/g, '#').slice(0, 60), window.innerWidth + 'x' + window.innerHeight + ' @' +
                      window.devicePixelRatio, navigator.userAgent, '', describe(error)].join('\n');
    var box = document.createElement('main');
    box.className = 'notice';
    box.setAttribute('role', 'alertdialog');
    box.setAttribute('aria-labelledby', 'crash-title');
    box.setAttribute('aria-describedby', 'crash-what');
    var graphics = error === 'graphics';  // page.js: lost, and not given back
    var title = add(box, 'h1', graphics ? words.graphics : words.title);
    title.id = 'crash-title';
    add(box, 'p', graphics ? words.without : words.what).id = 'crash-what';
    var reload = add(box, 'button', words.reload);
    reload.addEventListener('click', function () { location.reload(); });
    if (crashedJustNow()) {
      add(box, 'button', words.fresh).addEventListener('click', function () {
        sessionStorage.removeItem('tidewater.unsent');
        location.reload();
      });
    }
    var label = add(box, 'label', words.report);
    label.htmlFor = 'crash-report';
    var field = add(box, 'textarea', report);
    field.id = 'crash-report';
    field.readOnly = true;
    field.rows = 10;
    var said = document.createElement('p');
    said.setAttribute('role', 'status');
    add(box, 'button', words.copy).addEventListener('click', function () {
      field.focus();
      field.select();
      document.execCommand('copy');  // works on plain http too
      said.textContent = words.copied;
    });
    box.appendChild(said);
    document.body.appendChild(box);
    document.title = title.textContent;
    reload.focus();
  };
})();
