// What the shell does in the browser without asking the server: start and keep the connection, colours, shortcuts, menus, exact times.
// Everything listens on the document, because the pages under it come and go.

const root = document.documentElement;

// ---- Connection -------------------------------------------------------------------------------------------------------------------

// Rests between tries, in milliseconds: quick at first, then gently, for as long as the page is open.
const rests = [0, 500, 1000, 2000, 4000, 8000];
let typed = false;

Blazor.start({
  circuit: {
    reconnectionOptions: {
      maxRetries: 100000,
      retryIntervalMilliseconds: attempt => rests[Math.min(attempt, rests.length - 1)],
    },
  },
});

document.addEventListener('input', () => { typed = true; }, true);
document.addEventListener('submit', () => { typed = false; }, true);

// The server no longer knows this page (it was restarted, or the pause was too long): load it anew, unless that would throw away what somebody typed.
new MutationObserver(changes => {
  for (const { target } of changes) {
    if (target.id === 'components-reconnect-modal' && target.classList.contains('components-reconnect-rejected') && !typed) location.reload();
  }
}).observe(document.body, { subtree: true, attributeFilter: ['class'] });

// ---- Colours ----------------------------------------------------------------------------------------------------------------------

function chooseTheme(choice) {
  if (choice === 'auto') delete root.dataset.theme; else root.dataset.theme = choice;
  const age = choice === 'auto' ? 0 : 31536000;
  document.cookie = `theme=${choice}; path=/; max-age=${age}; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
  markTheme();
}

function markTheme() {
  for (const button of document.querySelectorAll('[data-theme-choice]'))
    button.setAttribute('aria-pressed', String(button.dataset.themeChoice === (root.dataset.theme ?? 'auto')));
}

// ---- Clicks -----------------------------------------------------------------------------------------------------------------------

document.addEventListener('click', event => {
  const on = selector => event.target.closest?.(selector);
  const theme = on('[data-theme-choice]');
  if (theme) chooseTheme(theme.dataset.themeChoice);
  if (on('[data-reload]')) location.reload();
  if (on('[data-print]')) print();
  if (on('[data-shortcuts]')) showShortcuts();
  const close = on('[data-close-dialog]');
  if (close) close.closest('dialog')?.close();
  const copy = on('[data-copy]');
  if (copy) copyText(copy);
  const menu = on('[popover] a, [popover] [data-shortcuts]');
  if (menu) menu.closest('[popover]').hidePopover();
  // A click beside a dialog means "not now".
  if (event.target instanceof HTMLDialogElement && event.target.open) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside && event.detail > 0) event.target.close();
  }
});

async function copyText(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  const words = button.querySelector('span');
  const before = words.textContent;
  words.textContent = 'Copied';
  setTimeout(() => { words.textContent = before; }, 2000);
}

// Called by components.
globalThis.portal = {
  openDialog: dialog => { if (!dialog.open) dialog.showModal(); },
  // What was asked about may have left the page with its dialog meanwhile.
  closeDialog: dialog => dialog?.close(),
};

// Before the router, which would only scroll: the next Tab must go on from the content.
document.addEventListener('click', event => {
  if (!event.target.closest?.('.skip-link')) return;
  event.preventDefault();
  document.getElementById('main').focus();
}, true);

document.addEventListener('toggle', event => { if (event.target.id === 'account-menu') markTheme(); }, true);

// A search from an interactive page stays in it; without this script the form is sent as usual.
function addressOf(form) {
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === 'string' && value.trim() !== '');
  const query = new URLSearchParams(fields).toString();
  return form.getAttribute('action') + (query ? `?${query}` : '');
}

document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.matches?.('form[data-navigate]')) return;
  event.preventDefault();
  clearTimeout(typing);
  refining = false;
  Blazor.navigateTo(addressOf(form));
});

// A file is sent with a bar that shows how far it is; without this script the form is sent as usual. The answer is where to go on, or what was wrong.
document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.matches?.('form[data-upload]')) return;
  event.preventDefault();
  const [bar, problem, button] = [form.querySelector('progress'), form.querySelector('[data-upload-error]'), form.querySelector('[type=submit]')];
  const say = text => { bar.hidden = true; button.disabled = false; problem.hidden = false; problem.textContent = text; };
  const request = new XMLHttpRequest();
  request.upload.addEventListener('progress', sent => { bar.value = sent.total ? sent.loaded * 100 / sent.total : 0; });
  request.addEventListener('load', () => (request.status === 200 ? Blazor.navigateTo(request.responseText) : say(request.responseText || 'The file was not taken. Reload the page and try again.')));
  request.addEventListener('error', () => say('The connection was lost while the file was sent. Send it again.'));
  [bar.hidden, bar.value, button.disabled, problem.hidden] = [false, 0, true, true];
  request.open('POST', form.action);
  request.send(new FormData(form));
});

// Results come in while somebody types: after a rest, from two letters on. One search is one step back, however many letters it took.
let typing = 0;
let refining = false;

document.addEventListener('input', event => {
  const form = event.target.closest?.('form[data-live-search]');
  if (!form || event.target.type !== 'search' || event.isComposing) return;
  clearTimeout(typing);
  const words = event.target.value.trim();
  if (words.length === 1) return;
  typing = setTimeout(() => {
    if (!form.isConnected || words === form.dataset.words) return;
    Blazor.navigateTo(addressOf(form), { replaceHistoryEntry: refining });
    refining = true;
  }, 180);
});

addEventListener('popstate', () => { clearTimeout(typing); refining = false; });

// The box follows the words of the page, except under somebody's fingers.
new MutationObserver(changes => {
  for (const { target } of changes) {
    const box = target.querySelector('input[type="search"]');
    if (box && !(refining && document.activeElement === box)) box.value = target.dataset.words;
  }
}).observe(document.body, { subtree: true, attributeFilter: ['data-words'] });

// ---- Shortcuts --------------------------------------------------------------------------------------------------------------------

// When the g of a way was pressed, by the event's own time: a page that is busy hears both keys late. No letter alone is one, however young the page is.
let going = -Infinity;

function showShortcuts() {
  const dialog = document.getElementById('shortcuts');
  if (dialog && !dialog.open) dialog.showModal();
}

function focusSearch() {
  const boxes = [...document.querySelectorAll('main form[role="search"] input[type="search"], header form[role="search"] input[type="search"]')];
  const box = boxes.find(candidate => candidate.checkVisibility({ visibilityProperty: true }));
  if (!box) return void Blazor.navigateTo('/catalog');
  box.focus();
  box.select();
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest?.('input, textarea, select, [contenteditable], dialog[open]')) return;
  const wasGoing = event.timeStamp - going < 1200;
  going = -Infinity;
  // Only what the list of shortcuts offers this person.
  const way = wasGoing && /^[a-z]$/.test(event.key) ? document.querySelector(`#shortcuts [data-key="${event.key}"]`) : null;
  if (way) {
    Blazor.navigateTo(way.dataset.go);
  } else if (event.key === '/') {
    event.preventDefault();
    focusSearch();
  } else if (event.key === '?') {
    event.preventDefault();
    showShortcuts();
  } else if (event.key === 'g') {
    going = event.timeStamp;
  }
});

// ---- Exact times in the reader's own zone -----------------------------------------------------------------------------------------

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
for (const kind of ['pointerover', 'focusin']) {
  document.addEventListener(kind, event => {
    const time = event.target.closest?.('time[data-relative]');
    if (time) time.title = exact.format(new Date(time.dateTime));
  });
}

// Enhanced navigation between static pages brings the document's own attributes back.
function ready() {
  markTheme();
  root.dataset.ready = '';
  // A row of tabs that is wider than the phone begins where one is.
  for (const tab of document.querySelectorAll('.tabs [aria-current]')) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 24;
}

Blazor.addEventListener('enhancedload', ready);
ready();
