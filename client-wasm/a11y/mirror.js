// The page's side of the mirror (mirror.h): keeps one element per node of the tree, over the canvas and invisible, and
// turns what people do to them into actions. A library for the linker: nothing here runs before tw_mirror_start.
//
// A message is {remove: [id], upsert: [node], modal: id, off: 1 or 0, focus: id}. A node: i id, p parent, a sibling before
// it, r role, n name, v value, d description, e error, h address, k shortcut, b placeholder, L list, A active option of
// it, c checked, s selected, x expanded (1 no, 2 yes, 3 mixed), o sort order, f in the Tab order, D disabled, R required,
// M modal, B busy, P opens something, C current, l level, y row, z column, Y rows, Z columns, w value now, W maximum,
// g rectangle relative to the parent, t text agent [kind, autofill, multiline, read-only, longest, selection from, to,
// edits heard, font size, line height, left, top].
mergeInto(LibraryManager.library, {
  // The linker writes this object out as data: what is made with `new` must be made when the page runs.
  $TwMirror__deps: ['$TwPage'],
  $TwMirror__postset: 'TwMirror.records = new Map();',
  $TwMirror: {
    self: 0,
    layer: null,
    records: null,
    modal: 0,
    syncing: false,
    composing: 0,
    composedFrom: 0,
    composedLength: 0,
    autofills: 0,

    start: function (self) {
      TwMirror.self = self;
      Module['mirror'] = TwMirror;  // for tests, which time it
      var layer = document.createElement('div');
      layer.id = 'mirror';
      document.body.appendChild(layer);
      TwMirror.layer = layer;
      TwMirror.records.set(0, { el: layer });
      layer.addEventListener('focusin', TwMirror.focused);
      layer.addEventListener('focusout', TwMirror.unfocused);
      layer.addEventListener('click', TwMirror.clicked);
      layer.addEventListener('input', TwMirror.edited);
      layer.addEventListener('keydown', TwMirror.typed);
      layer.addEventListener('submit', function (event) { event.preventDefault(); });
      layer.addEventListener('compositionstart', function (event) {
        TwMirror.composing = TwMirror.id(event.target);
        TwMirror.composedFrom = event.target.selectionStart;
        TwMirror.composedLength = 0;
      });
      layer.addEventListener('compositionupdate', function (event) { TwMirror.composedLength = event.data.length; });
      layer.addEventListener('compositionend', function (event) {
        TwMirror.composing = 0;
        TwMirror.edited(event);
      });
      document.addEventListener('selectionchange', function () {
        var el = document.activeElement;
        if (el && el.twText && TwMirror.layer.contains(el)) TwMirror.send(el, 4);
      });
    },

    id: function (el) {
      while (el && el !== TwMirror.layer && !el.twId) el = el.parentElement;
      return el && el.twId ? el.twId : 0;
    },

    // --- from the tree to the page ---
    apply: function (message) {
      var i, list = message.remove || [];
      for (i = 0; i < list.length; i++) TwMirror.remove(list[i]);
      list = message.upsert || [];
      for (i = 0; i < list.length; i++) TwMirror.upsert(list[i]);
      if (message.modal !== undefined) TwMirror.modal = message.modal;
      if (message.off !== undefined) TwPage.ownTab = !!message.off;  // without elements Tab is ours
      TwMirror.setInert();
      TwMirror.setFocus(message.focus);
    },

    remove: function (id) {
      var record = TwMirror.records.get(id);
      if (!record) return;
      TwMirror.records.delete(id);
      if (TwMirror.composing === id) TwMirror.composing = 0;
      record.el.remove();
      if (record.autofill) TwMirror.countAutofills(-1);
    },

    // Password managers look for fields that can be seen: while there are any, the layer is not invisible but its
    // letters are transparent (style.css).
    countAutofills: function (by) {
      TwMirror.autofills += by;
      TwMirror.layer.className = TwMirror.autofills ? 'autofill' : '';
    },

    create: function (node) {
      var tag = 'div', el;
      if (node.t) tag = node.t[2] ? 'textarea' : 'input';
      else if (node.r === 'button') tag = 'button';
      else if (node.r === 'link') tag = 'a';
      else if (node.r === 'form') tag = 'form';
      else if (node.r === 'text') tag = 'span';
      else if (node.r === 'slider') tag = 'input';
      el = document.createElement(tag);
      el.twId = node.i;
      if (tag === 'button') el.type = 'button';
      if (node.r === 'slider') el.type = 'range';  // which a screen reader's own gestures move
      if (node.t) TwMirror.createText(el, node);
      else if (tag === 'div') el.setAttribute('role', node.r);
      // `words` is the text of an element that says its name; `own` what its other children stand behind.
      var record = { el: el, tag: tag, role: node.r, sent: 0, own: null, words: null, link: null };
      if (node.r === 'text' || node.r === 'heading' || node.r === 'gridcell' || node.r === 'rowheader' ||
          node.r === 'columnheader' || node.r === 'listitem') {
        record.own = record.words = document.createTextNode('');
        el.appendChild(record.own);
      }
      TwMirror.records.set(node.i, record);
      if (node.r === 'listbox' || node.r === 'option') el.id = 'tw' + node.i;
      record.autofill = node.t && node.t[1] !== 0;
      if (record.autofill) TwMirror.countAutofills(1);
      return record;
    },

    createText: function (el, node) {
      var kinds = ['text', 'search', 'password', 'text', 'tel', 'text', 'text'];
      var modes = ['', 'search', '', 'email', 'tel', 'numeric', 'url'];
      var fills = ['off', 'username', 'current-password', 'new-password'];
      el.twText = true;
      if (node.L) {
        el.setAttribute('role', 'combobox');
        el.setAttribute('aria-autocomplete', 'list');
      }
      if (!node.t[2]) el.type = kinds[node.t[0]];
      if (modes[node.t[0]]) el.inputMode = modes[node.t[0]];
      el.autocomplete = fills[node.t[1]];
      if (node.t[1]) el.name = fills[node.t[1]];
      el.spellcheck = false;
      el.setAttribute('autocapitalize', 'off');
      el.style.fontSize = node.t[8] + 'px';
      el.style.lineHeight = node.t[9] + 'px';
      el.style.padding = node.t[11] + 'px 8px 0 ' + node.t[10] + 'px';
    },

    attribute: function (el, name, value) {
      if (value === undefined || value === null || value === '') {
        if (el.hasAttribute(name)) el.removeAttribute(name);
      } else if (el.getAttribute(name) !== String(value)) {
        el.setAttribute(name, value);
      }
    },

    upsert: function (node) {
      var record = TwMirror.records.get(node.i) || TwMirror.create(node);
      var el = record.el, set = TwMirror.attribute, tri = [undefined, 'false', 'true', 'mixed'];
      if (record.words) {
        if (record.words.data !== (node.n || '')) record.words.data = node.n || '';
        if (record.role !== 'text') TwMirror.linkWords(record, node);
      } else {
        set(el, 'aria-label', node.n);
      }
      set(el, 'aria-description', node.d);
      set(el, 'aria-invalid', node.e ? 'true' : undefined);
      if (node.e) set(el, 'aria-description', node.e);
      set(el, 'aria-keyshortcuts', node.k);
      set(el, 'aria-controls', node.L && 'tw' + node.L);
      set(el, 'aria-activedescendant', node.A && 'tw' + node.A);
      set(el, 'aria-busy', node.B ? 'true' : undefined);
      set(el, 'aria-current', node.C ? 'page' : undefined);
      set(el, 'aria-modal', node.M ? 'true' : undefined);
      set(el, 'aria-level', node.l);
      set(el, 'aria-expanded', tri[node.x || 0]);
      set(el, 'aria-selected', tri[node.s || 0]);
      set(el, record.role === 'button' ? 'aria-pressed' : 'aria-checked', tri[node.c || 0]);
      set(el, 'aria-sort', [undefined, 'none', 'ascending', 'descending'][node.o || 0]);
      set(el, 'aria-rowindex', node.y === undefined ? undefined : node.y + 1);
      set(el, 'aria-colindex', node.z === undefined ? undefined : node.z + 1);
      set(el, 'aria-rowcount', node.Y);
      set(el, 'aria-colcount', node.Z);
      if (record.role === 'progressbar' || record.role === 'meter') {
        set(el, 'aria-valuenow', node.w);
        set(el, 'aria-valuemin', node.w === undefined ? undefined : 0);
        set(el, 'aria-valuemax', node.W);
        set(el, 'aria-valuetext', node.v);
      } else if (record.role === 'slider') {
        set(el, 'min', 0);
        set(el, 'max', node.W);
        set(el, 'aria-valuetext', node.v);
        TwMirror.property(el, 'value', String(node.w));
      } else if (record.role === 'img') {
        set(el, 'aria-label', [node.n, node.v].filter(Boolean).join(': '));
      } else if (record.role === 'combobox' && !node.t) {
        if (el.textContent !== (node.v || '')) el.textContent = node.v || '';
      }
      if (node.P && record.role !== 'combobox') set(el, 'aria-haspopup', 'menu');
      if (record.role === 'grid' && node.s === undefined) set(el, 'aria-readonly', 'true');
      if (node.t) {
        TwMirror.upsertText(record, node);
      } else {
        set(el, 'aria-required', node.R ? 'true' : undefined);
        set(el, 'aria-disabled', node.D ? 'true' : undefined);
        if (record.tag === 'a') set(el, 'href', node.h ? TwPage.address(node.h) : '#');
        TwMirror.tabIndex(record, node);
      }
      TwMirror.place(record, node);
    },

    // The words of a cell with an address are a link, so that it can be opened beside this page or copied. It acts for
    // its row, and Tab passes it by: Enter on the row goes there too.
    linkWords: function (record, node) {
      if (!node.h !== !record.link) {
        var link = node.h ? document.createElement('a') : null;
        if (link) {
          link.twId = node.p;
          link.tabIndex = -1;
          link.style.inset = '0';
          record.el.insertBefore(link, record.own);
          link.appendChild(record.words);
        } else {
          record.el.replaceChild(record.words, record.link);
        }
        record.link = link;
        record.own = link || record.words;
      }
      if (record.link) TwMirror.attribute(record.link, 'href', TwPage.address(node.h));
    },

    tabIndex: function (record, node) {
      var interactive = ' button link checkbox radio tab slider combobox option menuitem menuitemcheckbox row columnheader ';
      var wanted = node.f && !node.D ? 0 : interactive.indexOf(' ' + record.role + ' ') >= 0 ? -1 : undefined;
      if (record.role === 'columnheader' && !node.f) wanted = undefined;
      if (record.role === 'dialog') wanted = -1;
      TwMirror.attribute(record.el, 'tabindex', wanted);
    },

    property: function (el, name, value) {
      if (el[name] !== value) el[name] = value;
    },

    upsertText: function (record, node) {
      var el = record.el, agent = node.t, active = document.activeElement === el;
      TwMirror.attribute(el, 'placeholder', node.b);
      TwMirror.property(el, 'required', !!node.R);
      TwMirror.property(el, 'disabled', !!node.D);
      TwMirror.property(el, 'readOnly', !!agent[3]);
      if (agent[4]) TwMirror.property(el, 'maxLength', agent[4]);
      TwMirror.property(el, 'tabIndex', 0);
      // An answer to an older edit says nothing new; and what is being composed is nobody's but the input method's.
      if (agent[7] < record.sent || (active && TwMirror.composing)) return;
      if (el.value !== node.v) {
        el.value = node.v;
        record.from = record.to = -1;
      }
      if (active && (el.selectionStart !== agent[5] || el.selectionEnd !== agent[6]) &&
          (record.from !== agent[5] || record.to !== agent[6])) {
        el.setSelectionRange(agent[5], agent[6]);
      }
    },

    place: function (record, node) {
      var el = record.el, style = el.style, parent = TwMirror.records.get(node.p || 0);
      style.left = node.g[0] + 'px';
      style.top = node.g[1] + 'px';
      style.width = Math.max(1, node.g[2]) + 'px';
      style.height = Math.max(1, node.g[3]) + 'px';
      // What has no place of its own (a form) must not hide what stands in it.
      var overflow = node.g[2] && node.g[3] ? '' : 'visible';
      if (style.overflow !== overflow) style.overflow = overflow;
      if (!parent) return;
      var before = node.a ? TwMirror.records.get(node.a) : null;
      var last = before ? before.el : parent.own || null;
      var next = last ? last.nextSibling : parent.el.firstChild;
      if (el.parentNode !== parent.el || (next !== el && el.previousSibling !== last)) {
        // Moving an element takes its focus away; the end of apply() gives it back.
        TwMirror.syncing = true;
        parent.el.insertBefore(el, next);
        TwMirror.syncing = false;
      }
    },

    setInert: function () {
      var children = TwMirror.layer.children, i;
      for (i = 0; i < children.length; i++) {
        var heard = children[i].twId === TwMirror.modal || children[i].getAttribute('role') === 'status';  // what is said, is heard over a dialog too
        TwMirror.property(children[i], 'inert', TwMirror.modal !== 0 && !heard);
      }
    },

    setFocus: function (id) {
      var record = id ? TwMirror.records.get(id) : null, active = document.activeElement;
      TwMirror.syncing = true;
      var within = record && active && active.twId === id;  // the link of that row
      if (record && !within) {
        record.el.focus({ preventScroll: true });
        var agent = record.el.twText ? record : null;
        if (agent) { agent.from = agent.to = -1; }
      } else if (!id && active && TwMirror.layer.contains(active)) {
        active.blur();
      }
      TwMirror.syncing = false;
    },

    // --- from the page to the tree ---
    focused: function (event) {
      var id = TwMirror.id(event.target);
      if (!TwMirror.syncing && id) TwMirror.act(0, id);
    },

    unfocused: function (event) {
      var id = TwMirror.id(event.target);
      if (TwMirror.syncing || !id || !document.hasFocus()) return;
      if (event.relatedTarget && TwMirror.layer.contains(event.relatedTarget)) return;
      TwMirror.act(1, id);
    },

    clicked: function (event) {
      var id = TwMirror.id(event.target);
      if (!id || event.target.twText) return;
      if (event.target.tagName === 'A' && (event.ctrlKey || event.metaKey || event.shiftKey)) return;  // beside this page
      event.preventDefault();
      TwMirror.act(2, id);
    },

    edited: function (event) {
      var el = event.target;
      if (el.twText) TwMirror.send(el, 3);
      else if (el.type === 'range') TwMirror.act(3, el.twId, el.value);
    },

    send: function (el, kind) {
      var record = TwMirror.records.get(el.twId), composed = 0, from = 0;
      if (!record) return;
      if (TwMirror.composing === el.twId) {
        from = TwMirror.composedFrom;
        composed = from + TwMirror.composedLength;
      }
      if (kind === 4 && record.from === el.selectionStart && record.to === el.selectionEnd) return;
      record.from = el.selectionStart;
      record.to = el.selectionEnd;
      if (kind === 3) record.sent++;
      TwMirror.act(kind, el.twId, el.value, record.from, record.to, from, composed, record.sent);
    },

    act: function (kind, id, value, from, to, composedFrom, composedTo, edit) {
      var text = TwPage.give(value || '');
      _tw_mirror_action(TwMirror.self, kind, id, text, from || 0, to || 0, composedFrom || 0, composedTo || 0, edit || 0);
      _free(text);
    },

    // Editing keys stay the browser's own in a text field; what means something to the page goes on to the page.
    typed: function (event) {
      if (event.isComposing || event.keyCode === 229 || !event.target.twText) return;
      var area = event.target.tagName === 'TEXTAREA', key = event.key;
      var control = event.ctrlKey || event.metaKey;
      var ours = key === 'Escape' || key === 'PageUp' || key === 'PageDown' || key === 'ArrowUp' || key === 'ArrowDown' ||
          (key === 'Tab' && TwPage.ownTab) || (key === 'Enter' && (!area || control)) || (area && !control && (key === 'Home' || key === 'End')) ||
          (control && key.toLowerCase() === 'k');
      if (!ours) event.stopPropagation();
    },
  },

  tw_mirror_start__deps: ['$TwMirror', '$TwPage'],
  tw_mirror_start: function (self) { TwMirror.start(self); },

  tw_mirror_tell__deps: ['$TwMirror', '$TwPage'],
  tw_mirror_tell: function (json, length) { TwMirror.apply(JSON.parse(TwPage.text(json, length))); },
});
