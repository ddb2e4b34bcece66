/** Save and read buttons, shortcuts, reading settings and offline copies. Every page works without this script. */
import { addCopyButton } from './cite.js';
import { listenToKeys } from './keyboard.js';
import { applyRead, applySettings } from './look.js';
import { addMarks, showMarks } from './paper.js';
import { isRead, markRead, onChange } from './state.js';
import { addSuggestions } from './suggest.js';
import { addTools } from './tools.js';

const tools = addTools();

function show() {
  applySettings();
  showMarks();
  tools.show(applyRead());
}

addMarks();
addCopyButton();
addSuggestions();
show();
onChange(show);
listenToKeys(tools.open);

// Opening a paper marks it as read.
const opened = document.querySelector('[data-page="paper"]');
const id = opened?.getAttribute('data-paper');
if (id && !isRead(id)) markRead([id], true);

if ('serviceWorker' in navigator) {
  addEventListener('load', () => {
    navigator.serviceWorker.register('/sw.js').catch(() => {
      // Private windows and plain http forbid it: then pages cannot be read offline.
    });
  });
}
