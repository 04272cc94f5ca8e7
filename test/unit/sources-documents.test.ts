import { expect, test } from 'vitest';
import { scriptsWithin } from '../../src/sources/documents.ts';

const found = (html: string) =>
  scriptsWithin(html).map(({ text, begin: { line, column } }) => `${line}:${column} ${JSON.stringify(text)}`);

test.each([
  [
    'each with its place',
    '<p>a</p><script>one()</script>\n <SCRIPT type=module>\ntwo()</SCRIPT >',
    ['1:17 "one()"', '2:22 "\\ntwo()"'],
  ],
  ['with brackets in attributes', `<script data-a="a > b" data-b='>'>f()</script>`, ['1:35 "f()"']],
  ['with line ends as the browser reads them', '\r\n<script>a()\r\nb()\rc()</script>', ['2:9 "a()\\nb()\\nc()"']],
  ['up to the end where no tag ends them', '<script>f()', ['1:9 "f()"']],
  [
    'but for empty ones, which have their text elsewhere',
    '<script src="a.js"></script><script>f()</script>',
    ['1:37 "f()"'],
  ],
  ['and no other element', '<scripture>f()</scripture>', []],
])('the scripts of a document: %s', (_, html, expected) => expect(found(html)).toEqual(expected));
