import './style.css';
import { app } from './app.ts';
import { hljs, marked } from './markdown.ts';
import { Notes, type SortKey } from './notes.ts';
import { element, formatCount } from './view.ts';

declare function reflowCards(): number;

// In reach of the console, of the DevTools and of Flambe.
Object.assign(window, { app, Notes, marked, hljs });

const button = (id: string) => element(id, HTMLButtonElement);
const source = element('source', HTMLTextAreaElement);
const query = element('query', HTMLInputElement);
const sortKey = element('sort-key', HTMLSelectElement);

/** Calls `work` once; returns what it returned, and the time by the page's own clock as text. */
function clock<T>(work: () => T): [result: T, duration: string] {
  const start = performance.now();
  const result = work();
  return [result, `${(performance.now() - start).toFixed(1)} ms`];
}

button('render').addEventListener('click', () => {
  const [html, duration] = clock(() => marked.parse(app.readme, { async: false }));
  app.view.showSource(app.readme);
  app.view.showPreview(html);
  app.view.say(`marked.parse: ${formatCount(html.length)} characters of HTML in ${duration}`);
});

element('search-form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  const [hits, duration] = clock(() => app.store.search(query.value));
  app.view.showCards(hits.map(({ note, excerpt }) => ({ note, text: excerpt })));
  app.view.say(`app.store.search: ${hits.length} notes in ${duration}`);
});

button('sort').addEventListener('click', () => {
  const key = sortKey.value as SortKey;
  const [notes, duration] = clock(() => app.store.sortBy(key));
  app.showNotes(notes);
  app.view.say(`app.store.sortBy: ${formatCount(notes.length)} notes by ${key} in ${duration}`);
});

button('lay-out').addEventListener('click', () => {
  const [count, duration] = clock(() => reflowCards());
  app.view.say(`reflowCards: ${count} cards in ${duration}`);
});

button('import').addEventListener('click', async ({ currentTarget }) => {
  const pressed = currentTarget as HTMLButtonElement;
  pressed.disabled = true;
  const size = await app.importNotes();
  pressed.disabled = false;
  app.view.say(`app.importNotes: done, ${formatCount(size)} notes now`);
});

button('write').addEventListener('click', () => source.focus());
source.addEventListener('input', () => app.renderNote(source.value));

element('cards', HTMLUListElement).addEventListener('click', ({ target }) => {
  if (target instanceof HTMLButtonElement) app.openNote(Number(target.dataset.note));
});

app.renderNote(source.value);
app.showNotes(app.store.sortBy('updated'));
app.view.say('Ready: every button below calls the function beside it.');
