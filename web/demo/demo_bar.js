// The bar below the client, in the demo alone: says that this is one and where its data are, lets the visitor be
// somebody else, move the clock, keep, export and open data, and begin anew. Plain HTML: the client knows nothing of it
// but its height. The tour (demo_tour.js) begins here, too, and on a wide page lies across it, above the bar.
(() => {
  'use strict';

  let bar = null;

  // How much of the page the client leaves to us.
  function height() {
    const tour = document.getElementById('demo-tour'), across = tour && matchMedia('(min-width: 1041px)').matches;
    return (bar ? bar.offsetHeight : 0) + (across ? tour.offsetHeight : 0);
  }

  function measure() {
    const { style } = document.documentElement;
    style.setProperty('--demo-bar', `${bar.offsetHeight}px`);
    style.setProperty('--demo-below', `${height()}px`);  // the client takes the rest
  }

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

  function offer(demo, select, players) {
    select.replaceChildren(...players.map(({ person, name, department, about }) => {
      const line = [name, department, demo.catalogue[about]].filter(Boolean).join(' · ');
      return new Option(line, String(person), false, person === demo.person);
    }));
  }

  // Whom the visitor adds can be acted as, too. Not while the list may be open: it would close.
  function keepOffering(demo, select, askForPlayers) {
    let asking = false, stale = false, offered = '';
    const refresh = async () => {
      stale = true;
      if (asking) return;
      asking = true;
      while (stale && document.activeElement !== select) {
        stale = false;
        const players = await askForPlayers(), now = JSON.stringify(players);
        if (document.activeElement === select) {
          stale = true;  // asked again when it is left
        } else if (offered !== now) {
          offered = now;
          offer(demo, select, players);
        }
      }
      asking = false;
    };
    demo.onChange(refresh);
    select.addEventListener('blur', () => { if (stale) refresh(); });
  }

  async function show(demo) {
    const { tr } = demo, hour = 3600000;
    bar = document.createElement('aside');
    bar.id = 'demo-bar';
    bar.setAttribute('aria-label', tr('demo.bar.bar'));
    const askForPlayers = async () => (await demo.ask({ players: true })).players, players = await askForPlayers();
    const ours = players.some(({ about }) => about.startsWith('demo.cast.'));
    add(bar, 'p', !demo.kept ? tr('demo.bar.memory') : ours ? tr('demo.bar.about') : tr('demo.bar.own'));

    const label = add(bar, 'label', `${tr('demo.bar.act_as')} `), select = document.createElement('select');
    label.append(select);
    offer(demo, select, players);
    select.title = select.selectedOptions.length ? select.selectedOptions[0].text : '';
    keepOffering(demo, select, askForPlayers);
    select.addEventListener('change', async () => {
      if (await demo.actAs(Number(select.value))) startAnew();
    });

    const said = document.createElement('span');
    const move = async (by) => {
      await demo.moveClock(by);
      const now = new Date(window.tidewaterLocal.now());
      said.textContent = tr('demo.bar.moved', { time: now.toLocaleString(demo.language, { dateStyle: 'medium', timeStyle: 'short' }) });
    };
    add(bar, 'button', tr('demo.bar.hour'), () => move(hour));
    add(bar, 'button', tr('demo.bar.day'), () => move(24 * hour));
    said.setAttribute('role', 'status');
    if (ours) add(bar, 'button', tr('demo.bar.tour'), () => window.tidewaterTour.begin());
    bar.append(said, dataMenu(demo, said));

    // Keys in here are the browser's own: the client listens at the window.
    ['keydown', 'keyup'].forEach((kind) => bar.addEventListener(kind, (event) => event.stopPropagation()));
    document.body.append(bar);
    measure();
    new ResizeObserver(measure).observe(bar);
    if (ours) window.tidewaterTour.show({ ...demo, players, move: () => move(24 * hour) });
  }

  // --- the data --------------------------------------------------------------------------------------------------------
  function dataMenu(demo, said) {
    const { tr } = demo, menu = document.createElement('details');
    add(menu, 'summary', tr('demo.bar.data'));
    const panel = add(menu, 'div', ''), label = add(panel, 'label', ''), keep = document.createElement('input');
    keep.type = 'checkbox';
    keep.checked = demo.kept !== '';
    label.append(keep, ` ${tr('demo.bar.keep')}`);
    if (!demo.kept && demo.wants) {  // it was tried
      keep.disabled = true;
      add(panel, 'p', tr('demo.bar.cannot'));
    }
    keep.addEventListener('change', () => { keepOrForget(demo, keep); });
    add(panel, 'button', tr('demo.bar.export'), async () => {
      menu.open = false;
      const { file } = await demo.ask({ exportFile: true });
      const day = new Date(window.tidewaterLocal.now()).toISOString().slice(0, 10);
      window.tidewaterLocal.save(`tidewater-${day}.db`, new Blob([file], { type: 'application/vnd.sqlite3' }));
      said.textContent = tr('demo.bar.exported');
    });
    const chosen = document.createElement('input');
    chosen.type = 'file';
    chosen.accept = '.db,.sqlite,.sqlite3,application/vnd.sqlite3';
    chosen.hidden = true;
    chosen.setAttribute('aria-label', tr('demo.bar.open'));
    chosen.addEventListener('change', async () => {
      menu.open = false;
      const [file] = chosen.files;
      if (!file || !window.confirm(tr('demo.bar.take', { name: file.name }))) return void (chosen.value = '');
      const answer = await demo.ask({ take: new Uint8Array(await file.arrayBuffer()) });
      chosen.value = '';
      if (answer.refused) return void (said.textContent = demo.catalogue[answer.refused]);
      demo.forgetPerson();
      startAnew();
    });
    add(panel, 'button', tr('demo.bar.open'), () => chosen.click());
    panel.append(chosen);
    add(panel, 'button', tr('demo.bar.reset'), () => { if (window.confirm(tr('demo.bar.sure'))) beginAnew(demo); });
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      menu.querySelector('summary').focus();
    });
    document.addEventListener('pointerdown', (event) => { if (!menu.contains(event.target)) menu.open = false; }, true);
    return menu;
  }

  async function keepOrForget(demo, keep) {
    const { tr } = demo;
    if (!keep.checked) {
      if (!window.confirm(tr('demo.bar.forget'))) return void (keep.checked = true);
      demo.store.set('keep', 'no');
      return beginAnew(demo);
    }
    keep.disabled = true;
    if (!await demo.keepFromNowOn()) {
      keep.checked = false;
      return void add(keep.closest('div'), 'p', tr('demo.bar.cannot'));
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

  window.tidewaterBar = { show, height, measure, startAnew };
})();
