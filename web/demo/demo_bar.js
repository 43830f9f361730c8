// The bar below the client, in the demo alone: says that this is one and where its data are, lets the visitor be
// somebody else, move the clock and begin anew. Plain HTML: the client knows nothing of it but its height.
(() => {
  'use strict';

  const texts = {
    'zh-CN': {
      bar: '演示', about: '这是演示：公司和人物均为虚构，数据只保存在此浏览器中。',
      memory: '这是演示：公司和人物均为虚构。此浏览器不允许保存数据，重新加载后一切从头开始。',
      actAs: '扮演', hour: '快进 1 小时', day: '快进 1 天', moved: '时钟已拨快：{time}',
      reset: '重置演示', sure: '要删除此浏览器中的演示数据并从头开始吗？',
    },
    en: {
      bar: 'Demo', about: 'A demo: company and people are made up, and what you do stays in this browser.',
      memory: 'A demo: company and people are made up. This browser keeps no data: reloading begins anew.',
      actAs: 'Act as', hour: '1 hour on', day: '1 day on', moved: 'The clock was moved on: {time}',
      reset: 'Reset the demo', sure: 'Delete the data of the demo in this browser and begin anew?',
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

  async function show(demo) {
    const words = texts[demo.language], hour = 3600000;
    bar = document.createElement('aside');
    bar.id = 'demo-bar';
    bar.setAttribute('aria-label', words.bar);
    add(bar, 'p', demo.kept ? words.about : words.memory);

    const label = add(bar, 'label', `${words.actAs} `), select = document.createElement('select');
    label.append(select);
    const { players } = await demo.ask({ players: true });
    for (const { person, name, department, about } of players) {
      const line = [name, department, demo.catalogue[about]].filter(Boolean).join(' · ');
      select.append(new Option(line, String(person), false, person === demo.person));
    }
    // The same client with another person: it is told nothing, and starts anew as after signing in.
    select.addEventListener('change', async () => {
      if (!await demo.actAs(Number(select.value))) return;
      sessionStorage.removeItem('tidewater.unsent');
      history.replaceState('', '', '#/');
      location.reload();
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
    bar.append(said);
    add(bar, 'button', words.reset, () => { if (window.confirm(words.sure)) reset(demo); });

    // Keys in here are the browser's own: the client listens at the window.
    ['keydown', 'keyup'].forEach((kind) => bar.addEventListener(kind, (event) => event.stopPropagation()));
    document.body.append(bar);
    const measure = () => document.documentElement.style.setProperty('--demo-bar', `${bar.offsetHeight}px`);
    measure();
    new ResizeObserver(measure).observe(bar);
  }

  async function reset(demo) {
    demo.stop();
    try {
      Object.keys(localStorage).filter((name) => /^tidewater\.(demo\.|session$)/.test(name)).forEach((name) => localStorage.removeItem(name));
      sessionStorage.removeItem('tidewater.unsent');
    } catch (refused) { /* private window */ }
    for (let tries = 40; demo.kept; --tries) {  // the files of a worker that was just ended are closed a moment later
      try {
        await (await navigator.storage.getDirectory()).removeEntry(demo.folder, { recursive: true });
        break;
      } catch (refused) {
        if (refused.name === 'NotFoundError') break;
        if (tries === 0) throw refused;
        await new Promise((again) => setTimeout(again, 100));
      }
    }
    history.replaceState('', '', '#/');
    location.reload();
  }

  window.tidewaterBar = { show, height: () => (bar ? bar.offsetHeight : 0) };
})();
