import type { Note } from './notes.ts';
import { Random } from './random.ts';

const things = [
  'flame graph',
  'call tree',
  'garden bed',
  'sourdough starter',
  'search index',
  'train timetable',
  'bicycle chain',
  'type checker',
  'reading list',
  'letterpress',
  'tide table',
  'chess opening',
  'café crema',
  'telescope mirror',
  'event loop',
  'wood stove',
  'regular expression',
  'hash table',
  'harbour map',
  'piano étude',
] as const;
const beginnings = [
  'Notes on the',
  'How to mend the',
  'Why the',
  'A second look at the',
  'Questions about the',
  'The small',
];
const endings = [
  'at home',
  'in an afternoon',
  'without tears',
  'for beginners',
  'once more',
  'and its limits',
  'by hand',
];
const subjects = [
  'The old manual',
  'A friend',
  'The second chapter',
  'My first attempt',
  'The measurement',
  'Everyone',
];
const verbs = ['praises', 'explains', 'forgets', 'compares', 'draws', 'improves', 'mistrusts', 'simplifies'];
const reasons = [
  'because the wide boxes are where the time goes',
  'although nobody has measured it yet',
  'as long as the weather stays dry',
  'so that the next step becomes *obvious*',
  'which is **worth remembering**',
  'and leaves the rest as an exercise',
  'with `O(n log n)` comparisons at most',
];
const chores = ['Measure it again', 'Ask at the library', 'Draw a picture', 'Write it down', 'Throw half of it away'];
const allTags = ['craft', 'code', 'kitchen', 'travel', 'music', 'garden', 'reading', 'idea'];
const snippets = [
  '```js\nconst wide = boxes.filter((box) => box.width > 0.5);\nfor (const box of wide) draw(box.x, box.depth);\n```',
  '```py\ndef fold(samples):\n    tree = {}\n    for stack, weight in samples:\n        tree[stack] = tree.get(stack, 0) + weight\n    return tree\n```',
  "```sql\nSELECT title, count(*) AS times\nFROM notes JOIN tags USING (note_id)\nWHERE tag = 'craft'\nGROUP BY title ORDER BY times DESC;\n```",
  '```css\n.box { fill: hsl(30 80% 60%); stroke: none; }\n```',
];

const day = 24 * 60 * 60 * 1000;
const firstDay = Date.UTC(2021, 2, 1);

/** `count` notes with the ids from `firstId` on. The same numbers give the same notes, on every machine. */
export function generateNotes(count: number, firstId = 1): Note[] {
  return Array.from({ length: count }, (_, index) => generateNote(firstId + index));
}

function generateNote(id: number): Note {
  const random = new Random(id * 2_654_435_769);
  const thing = random.pick(things);
  const title = `${random.pick(beginnings)} ${thing} ${random.pick(endings)}`;
  const parts = [`# ${title}`, paragraph(random, thing)];
  if (random.chance(40)) parts.push(random.pick(snippets));
  if (random.chance(60)) parts.push(list(random));
  parts.push(paragraph(random, random.pick(things)));
  return {
    id,
    title,
    body: parts.join('\n\n'),
    tags: [...new Set([random.pick(allTags), random.pick(allTags)])],
    updated: firstDay + random.integer(1500) * day,
  };
}

function paragraph(random: Random, thing: string): string {
  const sentences = Array.from(
    { length: 2 + random.integer(3) },
    () => `${random.pick(subjects)} ${random.pick(verbs)} the ${thing}, ${random.pick(reasons)}.`,
  );
  return sentences.join(' ');
}

function list(random: Random): string {
  return Array.from(
    { length: 2 + random.integer(3) },
    () => `- [${random.chance(30) ? 'x' : ' '}] ${random.pick(chores)}`,
  ).join('\n');
}
