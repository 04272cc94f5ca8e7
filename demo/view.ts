import type { Note } from './notes.ts';

export interface Card {
  readonly note: Note;
  readonly text: string;
}

/** As many cards as the page shows at once. */
const cardLimit = 200;
const dateFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

/** The element of the page with this id. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} #${id}`);
  return found;
}

/** All that the app writes into the page. */
export const view = {
  showSource(markdown: string): void {
    element('source', HTMLTextAreaElement).value = markdown;
  },

  showPreview(html: string): void {
    element('preview', HTMLElement).innerHTML = html;
  },

  showCards(cards: readonly Card[]): void {
    element('cards', HTMLUListElement).replaceChildren(...cards.slice(0, cardLimit).map(createCard));
    element('cards-count', HTMLElement).textContent =
      cards.length > cardLimit ? `the first ${cardLimit} of ${formatCount(cards.length)}` : formatCount(cards.length);
  },

  showSize(size: number): void {
    element('search', HTMLButtonElement).textContent = `Search ${formatCount(size)} notes`;
  },

  say(message: string): void {
    element('status', HTMLElement).textContent = message;
  },
};

export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

function createCard({ note, text }: Card): HTMLLIElement {
  const open = document.createElement('button');
  open.type = 'button';
  open.textContent = note.title;
  open.dataset.note = String(note.id);
  const excerpt = document.createElement('p');
  excerpt.textContent = text;
  const facts = document.createElement('small');
  facts.textContent = [dateFormat.format(note.updated), ...note.tags].join(' · ');
  const card = document.createElement('li');
  card.className = 'card';
  card.append(open, excerpt, facts);
  return card;
}
