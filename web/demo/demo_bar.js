// The bar below the client, in the demo alone: says that this is one and where its data are, lets the visitor be
// somebody else, move the clock, keep, export and open data, and begin anew. Plain HTML: the client knows nothing of it
// but its height. The tour (demo_tour.js) begins here, too.
(() => {
  'use strict';

  const texts = {
    'zh-CN': {
      bar: '演示', about: '这是演示：公司和人物均为虚构，数据只保存在此浏览器中。',
      memory: '这是演示：数据不会保存，重新加载后一切从头开始。',
      own: '这里是您打开的数据库，数据只保存在此浏览器中，与任何服务器无关。',
      actAs: '扮演', hour: '快进 1 小时', day: '快进 1 天', moved: '时钟已拨快：{time}', tour: '导览',
      data: '数据', keep: '在此浏览器中保存我的操作', cannot: '此浏览器不允许网页保存数据',
      exportFile: '导出数据库…', open: '打开数据库…', exported: '已导出。服务器可用 tidewater restore 打开此文件。',
      sure: '要删除此浏览器中的演示数据并从头开始吗？', forget: '此浏览器中已保存的数据将被删除，演示从头开始。继续吗？',
      take: '“{name}”将取代此处的全部数据。继续吗？', reset: '重置演示',
    },
    en: {
      bar: 'Demo', about: 'A demo: company and people are made up, and what you do stays in this browser.',
      memory: 'A demo: nothing is kept, and reloading begins anew.',
      own: 'A database that you opened: what you do stays in this browser and reaches no server.',
      actAs: 'Act as', hour: '1 hour on', day: '1 day on', moved: 'The clock was moved on: {time}', tour: 'Tour',
      data: 'Data', keep: 'Keep what I do in this browser', cannot: 'This browser lets no page keep data',
      exportFile: 'Export the database…', open: 'Open a database…',
      exported: 'Exported. A server opens this file with tidewater restore.',
      sure: 'Delete the data of the demo in this browser and begin anew?',
      forget: 'What this browser has kept is deleted, and the demo begins anew. Go on?',
      take: '“{name}” takes the place of everything here. Go on?', reset: 'Reset the demo',
    },
  };
  let bar = null;

  function add(parent, tag, text, act) {
    const element = document.createElement(tag);
    element.textContent = text;
    if (act) element.addEventListener('click', act);
    parent.append(element);
    return element;
  }

  // The same client with another person or other data: it is told nothing, and starts anew as after signing in.
  function startAnew() {
    try { sessionStorage.removeItem('tidewater.unsent'); } catch (refused) { /* private window */ }
    history.replaceState('', '', '#/');
    location.reload();
  }

  async function show(demo) {
    const words = texts[demo.language], hour = 3600000;
    bar = document.createElement('aside');
    bar.id = 'demo-bar';
    bar.setAttribute('aria-label', words.bar);
    const { players } = await demo.ask({ players: true });
    const ours = players.some(({ about }) => about.startsWith('demo.cast.'));
    add(bar, 'p', !demo.kept ? words.memory : ours ? words.about : words.own);

    const label = add(bar, 'label', `${words.actAs} `), select = document.createElement('select');
    label.append(select);
    for (const { person, name, department, about } of players) {
      const line = [name, department, demo.catalogue[about]].filter(Boolean).join(' · ');
      select.append(new Option(line, String(person), false, person === demo.person));
    }
    select.title = select.selectedOptions.length ? select.selectedOptions[0].text : '';
    select.addEventListener('change', async () => {
      if (await demo.actAs(Number(select.value))) startAnew();
    });

    const said = document.createElement('span');
    const move = async (by) => {
      await demo.moveClock(by);
      const now = new Date(window.tidewaterLocal.now());
      said.textContent = words.moved.replace('{time}', now.toLocaleString(demo.language, { dateStyle: 'medium', timeStyle: 'short' }));
    };
    add(bar, 'button', words.hour, () => move(hour));
    add(bar, 'button', words.day, () => move(24 * hour));
    said.setAttribute('role', 'status');
    if (ours) add(bar, 'button', words.tour, () => window.tidewaterTour.begin());
    bar.append(said, dataMenu(demo, words, said));

    // Keys in here are the browser's own: the client listens at the window.
    ['keydown', 'keyup'].forEach((kind) => bar.addEventListener(kind, (event) => event.stopPropagation()));
    document.body.append(bar);
    const measure = () => document.documentElement.style.setProperty('--demo-bar', `${bar.offsetHeight}px`);
    measure();
    new ResizeObserver(measure).observe(bar);
    if (ours) window.tidewaterTour.show({ ...demo, players, move: () => move(24 * hour) });
  }

  // --- the data --------------------------------------------------------------------------------------------------------
  function dataMenu(demo, words, said) {
    const menu = document.createElement('details');
    add(menu, 'summary', words.data);
    const panel = add(menu, 'div', ''), label = add(panel, 'label', ''), keep = document.createElement('input');
    keep.type = 'checkbox';
    keep.checked = demo.kept !== '';
    label.append(keep, ` ${words.keep}`);
    if (!demo.kept && demo.wants) {  // it was tried
      keep.disabled = true;
      add(panel, 'p', words.cannot);
    }
    keep.addEventListener('change', () => { keepOrForget(demo, words, keep); });
    add(panel, 'button', words.exportFile, async () => {
      menu.open = false;
      const { file } = await demo.ask({ exportFile: true });
      const day = new Date(window.tidewaterLocal.now()).toISOString().slice(0, 10);
      window.tidewaterLocal.save(`tidewater-${day}.db`, new Blob([file], { type: 'application/vnd.sqlite3' }));
      said.textContent = words.exported;
    });
    const chosen = document.createElement('input');
    chosen.type = 'file';
    chosen.accept = '.db,.sqlite,.sqlite3,application/vnd.sqlite3';
    chosen.hidden = true;
    chosen.setAttribute('aria-label', words.open);
    chosen.addEventListener('change', async () => {
      menu.open = false;
      const [file] = chosen.files;
      if (!file || !window.confirm(words.take.replace('{name}', file.name))) return void (chosen.value = '');
      const answer = await demo.ask({ take: new Uint8Array(await file.arrayBuffer()) });
      chosen.value = '';
      if (answer.refused) return void (said.textContent = demo.catalogue[answer.refused]);
      demo.forgetPerson();
      startAnew();
    });
    add(panel, 'button', words.open, () => chosen.click());
    panel.append(chosen);
    add(panel, 'button', words.reset, () => { if (window.confirm(words.sure)) beginAnew(demo); });
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      menu.querySelector('summary').focus();
    });
    document.addEventListener('pointerdown', (event) => { if (!menu.contains(event.target)) menu.open = false; }, true);
    return menu;
  }

  async function keepOrForget(demo, words, keep) {
    if (!keep.checked) {
      if (!window.confirm(words.forget)) return void (keep.checked = true);
      demo.store.set('keep', 'no');
      return beginAnew(demo);
    }
    keep.disabled = true;
    if (!await demo.keepFromNowOn()) {
      keep.checked = false;
      return void add(keep.closest('div'), 'p', words.cannot);
    }
    location.reload();
  }

  async function beginAnew(demo) {
    demo.stop();
    demo.forgetPerson();
    try {
      Object.keys(localStorage).filter((name) => /^tidewater\.(demo\..*\.(ahead|tour)|session)$/.test(name))
        .forEach((name) => localStorage.removeItem(name));
    } catch (refused) { /* private window */ }
    await demo.forget();
    startAnew();
  }

  window.tidewaterBar = { show, height: () => (bar ? bar.offsetHeight : 0), startAnew };
})();
