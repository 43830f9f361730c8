// A short walk through the main job, in the demo alone: it leads from screen to screen and goes on by itself when the
// visitor has done what it speaks of. On a wide page it is a strip above the bar, where the client ends; on a narrow one a
// card over its lower end. Whoever closes it is never asked again (the bar has a button for it).
(() => {
  'use strict';

  const waiting = 11, allocating = 2;  // the batch: batch_of(Subject::waiting) of cast.h; the step that the visitor does
  let demo = null, card = null, step = 0;

  // Title, words, and what its button does; without one it is only turned.
  const steps = (tr) => [
    [tr('demo.tour.begin_title'), tr('demo.tour.begin_words'), tr('demo.tour.begin_do')],
    [tr('demo.tour.batch_title'), tr('demo.tour.batch_words'), tr('demo.tour.batch_do')],
    [tr('demo.tour.plan_title'), tr('demo.tour.plan_words')],
    [tr('demo.tour.undo_title'), tr('demo.tour.undo_words'), tr('demo.tour.undo_do')],
    [tr('demo.tour.executor_title'), tr('demo.tour.executor_words'), tr('demo.tour.executor_do')],
    [tr('demo.tour.clock_title'), tr('demo.tour.clock_words'), tr('demo.tour.clock_do')],
    [tr('demo.tour.end_title'), tr('demo.tour.end_words')],
  ];

  async function go(act) {
    if (act === 0) location.hash = `#/batches/${waiting}`;
    if (act === 1) location.hash = `#/batches/${waiting}/allocate`;
    if (act === 3) {
      remember(4);  // the page starts anew
      const executor = demo.players.find(({ about }) => about === 'demo.cast.executor');
      if (executor && await demo.actAs(executor.person)) window.tidewaterBar.startAnew();
      return;
    }
    if (act === 4) location.hash = '#/my-tasks';
    if (act === 5) await demo.move();
    turnTo(act + 1);
  }

  function remember(to) { demo.store.set('tour', String(to)); }

  function close() {
    remember('closed');
    card.remove();
    card = null;
    window.tidewaterBar.measure();
  }

  function turnTo(to) {
    step = to;
    remember(step);
    draw();
  }

  function draw() {
    const { tr } = demo, all = steps(tr), [title, text, action] = all[step], last = step + 1 === all.length;
    const kept = card && card.contains(document.activeElement);
    if (!card) {
      card = document.createElement('section');
      card.id = 'demo-tour';
      card.setAttribute('aria-label', tr('demo.tour.tour'));
      ['keydown', 'keyup'].forEach((kind) => card.addEventListener(kind, (event) => event.stopPropagation()));
      card.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
      document.body.append(card);
    }
    card.replaceChildren();
    const add = (parent, tag, content, act) => {
      const element = document.createElement(tag);
      element.textContent = content;
      if (act) element.addEventListener('click', act);
      parent.append(element);
      return element;
    };
    const head = add(card, 'div', ''), words = add(card, 'p', text), buttons = add(card, 'div', '');
    add(head, 'small', `${tr('demo.tour.tour')} · ${tr('demo.tour.part', { n: step + 1, all: all.length })}`);
    add(head, 'h2', title);
    words.setAttribute('role', 'status');
    if (!last) add(buttons, 'button', tr('demo.tour.close'), close);
    if (step > 0) add(buttons, 'button', tr('demo.tour.back'), () => turnTo(step - 1));
    const forward = add(buttons, 'button', last ? tr('demo.tour.done') : action || tr('demo.tour.next'), () => {
      if (last) close();
      else if (action) go(step);
      else turnTo(step + 1);
    });
    forward.className = 'primary';
    if (kept) forward.focus();
    window.tidewaterBar.measure();
  }

  // Whether the visitor has committed what the tour speaks of.
  async function look() {
    if (!card || step !== allocating) return;
    const reply = await demo.request('GET', `/api/v1/batches/${waiting}`, {});
    if (reply.status !== 200 || step !== allocating || !card) return;
    if (JSON.parse(new TextDecoder().decode(reply.body)).summary.counts.executing > 0) turnTo(allocating + 1);
  }

  function show(given) {
    demo = given;
    const at = demo.store.get('tour');
    demo.onChange(look);
    if (at === 'closed') return;
    turnTo(Math.min(Number(at) || 0, steps(demo.tr).length - 1));
  }

  window.tidewaterTour = { show, begin: () => turnTo(0) };
})();
