// A short walk through the main job, in the demo alone: a card above the bar that leads from screen to screen and goes
// on by itself when the visitor has done what it speaks of. It stands in nobody's way, and whoever closes it is never
// asked again (the bar has a button for it).
(() => {
  'use strict';

  const texts = {
    'zh-CN': {
      tour: '导览', close: '结束导览', back: '上一步', next: '下一步', done: '完成', part: '{n} / {all}',
      steps: [
        ['谁该做什么？', '您现在是大客户部经理。有一个批次的客户还没有人负责——Tidewater 的核心工作就是把他们合理地分给同事。', '打开这个批次'],
        ['一个批次，一个任务', '批次把一批客户和一项任务放在一起：期限、执行人、规则。这里的客户都还在等待分配。', '打开分配看板'],
        ['先看方案，再提交', '左边是等待的客户，右边是可以接手的同事，下方是建议的方案：每人多少、是否公平、为什么。可以把客户拖到某个人身上，也可以调整方案。然后提交。', ''],
        ['随时可以撤销', '已提交。每一项都能回答“为什么是这个人？”，批次历史里可以撤销整次分配。现在看看执行人眼中的样子。', '扮演执行人'],
        ['执行人的一天', '这里先显示逾期、退回和即将跟进的任务。打开一项，记录结果或直接完成。', '打开我的任务'],
        ['时钟会收回没有处理的', '每一项都有期限。把时钟拨快一天，看看没有处理的客户如何被收回。', '快进 1 天'],
        ['就是这些', '其余功能也都在这里：导入、认领、标签、日历、报表。数据只在您的浏览器中，尽管尝试。', ''],
      ],
    },
    en: {
      tour: 'Tour', close: 'Close the tour', back: 'Back', next: 'Next', done: 'Done', part: '{n} of {all}',
      steps: [
        ['Who should do what?', 'You manage key accounts. One batch holds customers whom nobody has yet: sharing them out is what Tidewater is for.', 'Open that batch'],
        ['One batch, one task', 'A batch gives its customers one task, with an end, executors and rules. All of these still wait for somebody.', 'Open the board'],
        ['See the plan, then commit', 'On the left who waits, on the right who can take them, and a plan that says how many each gets, how fair that is, and why. Drag customers onto people or change the plan. Then commit it.', ''],
        ['It can be undone', 'Committed. Every item answers “why this person?”, and the history of the batch takes the whole allocation back. Now look at it as one who executes.', 'Act as an executor'],
        ['An executor’s day', 'First comes what is overdue, returned or soon to follow up. Open one, note a result or complete it.', 'Open my tasks'],
        ['The clock takes back', 'Every item has a limit. Move the clock on by a day, and see what was not handled go back.', '1 day on'],
        ['That is the main job', 'Everything else works here as well: imports, claiming, calendars, rules. It all stays in your browser, so try what you like.', ''],
      ],
    },
  };
  const waiting = 11, allocating = 2;  // the batch: batch_of(Subject::waiting) of cast.h; the step that the visitor does
  let demo = null, card = null, step = 0;

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
  }

  function turnTo(to) {
    step = to;
    remember(step);
    draw();
  }

  function draw() {
    const words = texts[demo.language], [title, text, action] = words.steps[step], last = step + 1 === words.steps.length;
    const kept = card && card.contains(document.activeElement);
    if (!card) {
      card = document.createElement('section');
      card.id = 'demo-tour';
      card.setAttribute('aria-label', words.tour);
      ['keydown', 'keyup'].forEach((kind) => card.addEventListener(kind, (event) => event.stopPropagation()));
      card.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
      document.body.append(card);
    }
    card.replaceChildren();
    const add = (tag, content, act) => {
      const element = document.createElement(tag);
      element.textContent = content;
      if (act) element.addEventListener('click', act);
      card.append(element);
      return element;
    };
    add('small', `${words.tour} · ${words.part.replace('{n}', step + 1).replace('{all}', words.steps.length)}`);
    add('h2', title);
    add('p', text).setAttribute('role', 'status');
    if (!last) add('button', words.close, close);
    if (step > 0) add('button', words.back, () => turnTo(step - 1));
    const forward = add('button', last ? words.done : action || words.next, () => {
      if (last) close();
      else if (action) go(step);
      else turnTo(step + 1);
    });
    forward.className = 'primary';
    if (kept) forward.focus();
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
    turnTo(Math.min(Number(at) || 0, texts[demo.language].steps.length - 1));
  }

  window.tidewaterTour = { show, begin: () => turnTo(0) };
})();
