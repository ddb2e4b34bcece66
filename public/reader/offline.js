/** The page one sees where there is no network: what can be read all the same. */
import { make } from './tools.js';

const place = document.getElementById('kept-pages');
if (place !== null && 'caches' in window) void list(place);

/** @param {HTMLElement} room */
async function list(room) {
  const names = (await caches.keys()).filter((name) => name.startsWith('paperboy-pages'));
  const found = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  // The cache keeps its order: what was read last stands last.
  const paths = [...new Set(found.flat().map((request) => new URL(request.url).pathname))].reverse();
  const items = paths.map((path) => {
    const item = make('li', {});
    item.append(make('a', { href: path }, nameOf(path)));
    return item;
  });
  room.replaceChildren(...items);
}

/** @param {string} path */
function nameOf(path) {
  if (path === '/') return 'The newest edition';
  const [, kind = '', ...rest] = path.split('/');
  const name = decode(rest.join('/'));
  if (kind === 'date') return `The edition of ${name}`;
  if (kind === 'papers') return `Paper ${name}`;
  return name === '' ? kind : `${kind} ${name}`;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
