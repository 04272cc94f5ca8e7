import { assert } from 'chai';
import { describe, it } from './runner.ts';

declare const Mustache: typeof import('mustache').default;

type Fact = [rule: string, template: string, view: unknown, expected: string, partials?: Record<string, string>];

const tree = {
  name: 'a',
  children: [
    { name: 'b', children: [] },
    { name: 'c', children: [{ name: 'd', children: [] }] },
  ],
};

/** The rules of the manual, mustache(5). */
const facts: readonly Fact[] = [
  ['a variable', 'Hello {{name}}!', { name: 'Ada' }, 'Hello Ada!'],
  ['a number', '{{half}} {{none}}', { half: 0.5, none: 0 }, '0.5 0'],
  ['a variable is escaped', '{{it}}', { it: '<b>"&"<b>' }, '&lt;b&gt;&quot;&amp;&quot;&lt;b&gt;'],
  ['three braces do not escape', '{{{it}}}', { it: '<b>&' }, '<b>&'],
  ['an ampersand does not escape', '{{& it }}', { it: '<b>&' }, '<b>&'],
  ['a missing name is nothing', '[{{missing}}]', {}, '[]'],
  ['null is nothing', '[{{it}}]', { it: null }, '[]'],
  ['blanks within a tag', '{{  name  }}', { name: 'Ada' }, 'Ada'],
  ['a dotted name', '{{a.b.c}}', { a: { b: { c: 'deep' } } }, 'deep'],
  ['a broken chain is nothing', '[{{a.b.c}}]', { a: {} }, '[]'],
  ['a section of false', '[{{#it}}x{{/it}}]', { it: false }, '[]'],
  ['a section of an empty list', '[{{#it}}x{{/it}}]', { it: [] }, '[]'],
  ['a section of a missing name', '[{{#it}}x{{/it}}]', {}, '[]'],
  ['a section of true', '[{{#it}}x{{/it}}]', { it: true }, '[x]'],
  ['a section of an object', '{{#a}}{{b}}{{/a}}', { a: { b: 'inner' } }, 'inner'],
  ['a section of a list', '{{#list}}({{n}}){{/list}}', { list: [{ n: 1 }, { n: 2 }, { n: 3 }] }, '(1)(2)(3)'],
  ['the item itself', '{{#list}}{{.}},{{/list}}', { list: ['a', 'b', 3] }, 'a,b,3,'],
  ['names of the outer context', '{{#a}}{{b}}{{c}}{{/a}}', { a: { b: 1 }, c: 2 }, '12'],
  ['the nearest name', '{{#a}}{{x}}{{/a}}', { a: { x: 'near' }, x: 'far' }, 'near'],
  ['lists in lists', '{{#a}}{{#b}}{{.}}{{/b}};{{/a}}', { a: [{ b: [1, 2] }, { b: [] }, { b: [3] }] }, '12;;3;'],
  ['an inverted section of nothing', '{{^it}}none{{/it}}', {}, 'none'],
  ['an inverted section of an empty list', '{{^it}}none{{/it}}', { it: [] }, 'none'],
  ['an inverted section of a value', '[{{^it}}none{{/it}}]', { it: 'some' }, '[]'],
  ['a comment', 'a{{! not shown }}b', {}, 'ab'],
  ['a comment of many lines', 'a{{! not\nshown }}b', {}, 'ab'],
  ['tags alone on their lines', 'a\n{{#it}}\nb\n{{/it}}\nc\n', { it: true }, 'a\nb\nc\n'],
  ['other delimiters', '{{=<% %>=}}<% it %> {{it}}', { it: 'v' }, 'v {{it}}'],
  ['delimiters and back', '{{=| |=}}|it| |={{ }}=|{{it}}', { it: 'v' }, 'v v'],
  ['a partial', '[{{>part}}]', { it: 'v' }, '[v]', { part: '{{it}}' }],
  ['a missing partial is nothing', '[{{>part}}]', {}, '[]', {}],
  ['a partial is indented', 'a\n  {{>part}}\nb', {}, 'a\n  x\n  y\nb', { part: 'x\ny\n' }],
  ['a partial in itself', '{{>node}}', tree, 'a(b()c(d()))', { node: '{{name}}({{#children}}{{>node}}{{/children}})' }],
  ['delimiters stay out of partials', '{{=| |=}}|>part|', { it: 'v' }, 'v', { part: '{{it}}' }],
  [
    'a function for a value',
    '{{full}}',
    {
      a: 1,
      full(this: { a: number }) {
        return this.a + 1;
      },
    },
    '2',
  ],
];

describe('Mustache', () => {
  for (const [rule, template, view, expected, partials] of facts)
    it(rule, () => assert.equal(Mustache.render(template, view, partials), expected));

  it('a function for a section gets the text and a way to render it', () => {
    const view = {
      name: 'Ada',
      bold: () => (text: string, render: (text: string) => string) => `<b>${render(text)}</b>${text.length}`,
    };
    assert.equal(Mustache.render('{{#bold}}Hi {{name}}{{/bold}}', view), '<b>Hi Ada</b>11');
  });
  it('a view can render another template', () => {
    const view = { inner: () => Mustache.render('<{{x}}>', { x: 1 }) };
    assert.equal(Mustache.render('{{{inner}}}{{inner}}', view), '<1>&lt;1&gt;');
  });
  it('escaping and delimiters can be chosen', () => {
    const config = { escape: (text: string) => text.toUpperCase(), tags: ['<%', '%>'] as [string, string] };
    assert.equal(Mustache.render('<%it%>{{it}}', { it: 'a' }, {}, config), 'A{{it}}');
  });
  it('what is wrong with a template is thrown', () => {
    const problems: [template: unknown, message: RegExp][] = [
      ['{{open', /Unclosed tag/],
      ['{{#a}}', /Unclosed section "a"/],
      ['{{/a}}', /Unopened section "a"/],
      ['{{#a}}{{/b}}', /Unclosed section "a"/],
      [undefined, /Invalid template/],
    ];
    for (const [template, message] of problems) assert.throws(() => Mustache.render(template as string, {}), message);
  });
  it('what a view throws is passed on', () => {
    const thrown = new RangeError('out of range');
    const view = {
      get it() {
        throw thrown;
      },
    };
    assert.throws(() => Mustache.render('{{it}}', view), thrown);
  });
  it('lists of any length', () => {
    for (let length = 0; length < 100; length++) {
      const list = Array.from({ length }, (_, i) => i);
      assert.equal(Mustache.render('{{#list}}{{.}} {{/list}}', { list }), list.map((i) => `${i} `).join(''));
    }
  });
});
