import { generateNotes } from './generate.ts';
import { marked } from './markdown.ts';
import { type Note, Notes } from './notes.ts';
import readmeText from './README.md?raw';
import { view } from './view.ts';

declare function countWords(text: string): number;
declare const readingTime: (words: number) => string;

const store = new Notes(generateNotes(3000));

/** The README of the demo with the latest notes behind it, so that it takes some milliseconds to render. */
const readme = [
  readmeText,
  '## The 60 latest notes',
  ...store
    .sortBy('updated')
    .slice(0, 60)
    .map(({ body }) => body.replace(/^# /, '### ')),
].join('\n\n');

/** The page's one global object. Everything in it calls the rest through it, so that a replaced method is the one called. */
export const app = {
  store,
  readme,
  view,

  /** Shows Markdown as a page; returns its HTML. */
  renderNote(markdown: string): string {
    const html = marked.parse(markdown, { async: false });
    app.view.showPreview(html);
    const words = countWords(markdown);
    app.view.say(`app.renderNote: ${words} words, ${readingTime(words)} to read`);
    return html;
  },

  openNote(id: number): void {
    const note = app.store.find(id);
    if (!note) return;
    app.view.showSource(note.body);
    if (note.html) app.view.showPreview(note.html);
    else app.renderNote(note.body);
  },

  showNotes(notes: readonly Note[]): void {
    app.view.showCards(notes.map((note) => ({ note, text: summary(note) })));
  },

  *inChunks(notes: readonly Note[], size: number): Generator<readonly Note[]> {
    for (let start = 0; start < notes.length; start += size) yield notes.slice(start, start + size);
  },

  /** Renders and stores new notes, 20 at a time, and lets the page breathe in between. Resolves to how many there are now. */
  async importNotes(count = 300): Promise<number> {
    const incoming = generateNotes(count, app.store.size + 1);
    let done = 0;
    for (const chunk of app.inChunks(incoming, 20)) {
      for (const note of chunk) app.store.add({ ...note, html: marked.parse(note.body, { async: false }) });
      done += chunk.length;
      app.view.say(`app.importNotes: ${done} of ${count} notes`);
      await nextTask();
    }
    app.view.showSize(app.store.size);
    return app.store.size;
  },
};

/** The first paragraph without its marks. */
function summary(note: Note): string {
  const paragraph = note.body.split('\n\n')[1] ?? '';
  return paragraph.replaceAll(/[*`]/g, '');
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
