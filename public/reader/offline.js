/** The page shown without network: links to the pages that are cached. */
import { make } from './element.js';

const place = document.getElementById('kept-pages');
if (place !== null && 'caches' in window) void list(place);

/** @param {HTMLElement} room */
async function list(room) {
  const names = (await caches.keys()).filter((name) => name.startsWith('paperboy-pages'));
  const found = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  // The cache keeps insertion order, so the page read last comes last.
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
