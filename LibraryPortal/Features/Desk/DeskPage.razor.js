// The scan box: a scanner types faster than the server answers, so each scan waits in a queue of the browser until the server has said that it is done.
// The server knows each scan by its number, so one that is sent again after a cut connection is not done twice.

const unsent = 'desk-unsent';
const loud = 'desk-sound';
const coarse = matchMedia('(pointer: coarse)');

export function start(root, server) {
  const stop = new AbortController();
  const on = (target, event, listener, capture = false) => target.addEventListener(event, listener, { capture, signal: stop.signal });
  const box = () => root.querySelector('[data-scan]');
  const waiting = root.querySelector('[data-waiting]');
  const queue = [];
  let number = 0;
  let isSending = false;
  let wake = () => {};

  function show() {
    waiting.textContent = queue.length > 1 ? `${queue.length - 1} more waiting` : '';
  }

  async function send() {
    if (isSending) return;
    isSending = true;
    while (queue.length > 0 && !stop.signal.aborted) {
      const { id, text } = queue[0];
      const again = new Promise(resolve => { wake = () => resolve(null); });
      // While the connection is down the call may neither return nor fail; the next connection wakes it.
      const answer = await Promise.race([server.invokeMethodAsync('ScanAsync', id, text).catch(() => Promise.race([again, rest(1500)])), again]);
      if (answer === null) continue;
      queue.shift();
      show();
      if (localStorage.getItem(loud) === 'on') play(answer);
    }
    isSending = false;
  }

  on(root, 'submit', event => {
    if (!event.target.matches('[data-scan-form]')) return;
    event.preventDefault();
    const text = box().value;
    box().value = '';
    if (text.trim() === '') return;
    queue.push({ id: ++number, text });
    show();
    send();
  }, true);

  // ---- The focus comes back to the box, wherever a scan finds it ------------------------------------------------------------------

  const isEditing = element => element?.closest?.('input:not([data-scan], [type=checkbox], [type=radio]), textarea, select, dialog[open]');
  const back = () => setTimeout(() => {
    if (stop.signal.aborted || coarse.matches || document.querySelector('dialog[open], [popover]:popover-open')) return;
    if (!isEditing(document.activeElement)) box()?.focus({ preventScroll: true });
  });

  on(document, 'keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isEditing(event.target)) return;
    const does = { F8: '[data-desk-undo]', F9: '[data-desk-renew]' }[event.key];
    if (event.key === 'F2') {
      event.preventDefault();
      box().focus();
      box().select();
    } else if (does) {
      event.preventDefault();
      root.querySelector(does)?.click();
    } else if (event.key === 'Escape' && box().value === '') {
      root.querySelector('[data-desk-done]')?.click();
      back();
    } else if (event.key === 'Escape') {
      box().value = '';
    } else if (event.key.length === 1 && event.key !== ' ' && event.target !== box()) {
      // The first character of a scan; it lands in the box, and the shortcuts of other pages do not see it.
      event.stopPropagation();
      box().focus();
    }
  }, true);
  on(document, 'click', event => { if (event.detail > 0 && !event.target.closest('a')) back(); });
  on(document, 'close', back, true);
  on(document, 'focusout', event => { if (event.relatedTarget === null) requestAnimationFrame(() => { if (document.activeElement === document.body) back(); }); });

  // ---- Sound, as chosen in this browser -------------------------------------------------------------------------------------------

  const sound = root.querySelector('[data-sound]');
  const markSound = () => sound.setAttribute('aria-pressed', String(localStorage.getItem(loud) === 'on'));
  on(sound, 'click', () => {
    localStorage.setItem(loud, localStorage.getItem(loud) === 'on' ? 'off' : 'on');
    markSound();
    if (localStorage.getItem(loud) === 'on') play('done');
  });
  markSound();

  // ---- Connections come and go ----------------------------------------------------------------------------------------------------

  const watch = new MutationObserver(changes => {
    if (changes.some(({ target }) => target.id === 'components-reconnect-modal' && target.classList.contains('components-reconnect-hide'))) wake();
  });
  watch.observe(document.body, { subtree: true, attributeFilter: ['class'] });
  on(globalThis, 'pagehide', () => {
    if (queue.length > 0) sessionStorage.setItem(unsent, JSON.stringify(queue.map(scan => scan.text)));
  });

  // Not done by itself after a reload: nobody knows any more whose turn it was.
  const left = sessionStorage.getItem(unsent);
  sessionStorage.removeItem(unsent);
  if (left) root.querySelector('[data-left]').textContent = `Not done before the page was loaded anew: ${JSON.parse(left).join(', ')}. Scan them again.`;

  root.dataset.deskReady = '';
  back();
  return { stop: () => { stop.abort(); watch.disconnect(); wake(); } };
}

const rest = milliseconds => new Promise(resolve => { setTimeout(() => resolve(null), milliseconds); });

let audio;

function play(answer) {
  audio ??= new AudioContext();
  const tones = { done: [880], alert: [660, 660], refused: [220, 180] }[answer] ?? [];
  tones.forEach((pitch, index) => {
    const at = audio.currentTime + index * 0.16;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.14);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.15);
  });
}
