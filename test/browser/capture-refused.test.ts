import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { capture } from '../../src/capture/capture.ts';
import type { CaptureFailure } from '../../src/capture/errors.ts';
import { type AttachedSession, attach } from '../harness/cdp.ts';
import { captureWhile, openStage, refusalOf, remember, type Stage, samplers, target } from './pages/stage.ts';

type Refusal = CaptureFailure extends infer Each ? (Each extends CaptureFailure ? Partial<Each> : never) : never;

const rows: readonly { what: string; target: string; refusal: Refusal }[] = [
  {
    what: 'a const',
    target: 'unchangeable',
    refusal: { code: 'cannot wrap', path: 'unchangeable', reason: 'const' },
  },
  {
    what: 'a function of a frozen object',
    target: 'shut.frozen.fn',
    refusal: { code: 'cannot wrap', path: 'shut.frozen.fn', reason: 'read-only' },
  },
  {
    what: 'a read-only property',
    target: 'shut.fixed.fn',
    refusal: { code: 'cannot wrap', path: 'shut.fixed.fn', reason: 'read-only' },
  },
  {
    what: 'an inherited method of a closed object',
    target: 'shut.sealedOff.inherited',
    refusal: { code: 'cannot wrap', path: 'shut.sealedOff.inherited', reason: 'not extensible' },
  },
  {
    what: 'a class with private static members',
    target: 'shut.Private',
    refusal: { code: 'cannot wrap', path: 'shut.Private', reason: 'private static' },
  },
  {
    what: 'a misspelt method',
    target: 'widget.rendr',
    refusal: { code: 'not found', path: 'widget.rendr', near: 'widget.render' },
  },
  { what: 'a misspelt global', target: 'plian', refusal: { code: 'not found', path: 'plian', near: 'plain' } },
  { what: 'nothing like it', target: 'xyzzyPlugh', refusal: { code: 'not found', path: 'xyzzyPlugh' } },
  { what: 'a text', target: 'shut.title', refusal: { code: 'not a function', path: 'shut.title', type: 'string' } },
  {
    what: 'something under a text',
    target: 'shut.title.big.deal',
    refusal: { code: 'not a function', path: 'shut.title', type: 'string' },
  },
  { what: 'a list', target: 'list', refusal: { code: 'not a function', path: 'list', type: 'array' } },
  {
    what: 'a setter that is not there',
    target: 'shut.lazy (set)',
    refusal: { code: 'no accessor', path: 'shut.lazy', accessor: 'set' },
  },
  {
    what: 'a getter on the way',
    target: 'shut.lazy.call',
    refusal: { code: 'behind getter', path: 'shut.lazy' },
  },
  {
    what: 'a place in no script',
    target: 'nowhere.js:10:3',
    refusal: { code: 'no script', source: 'nowhere.js' },
  },
  { what: 'a syntax error', target: 'getApp(', refusal: { code: 'syntax', text: 'getApp(' } },
  {
    what: 'an expression that throws',
    target: 'explode().fn',
    refusal: { code: 'evaluation threw', text: 'explode().fn' },
  },
  {
    what: 'an expression that makes a function',
    target: '(() => 1)',
    refusal: { code: 'no place', text: '(() => 1)' },
  },
  {
    what: 'an expression that gives a function',
    target: '[plain, give].pop()',
    refusal: { code: 'no place', text: '[plain, give].pop()' },
  },
  {
    what: 'an expression that gives no function',
    target: '1 + 1',
    refusal: { code: 'not a function', path: '1 + 1', type: 'number' },
  },
  {
    what: 'nothing under an expression',
    target: 'getApp().store.dispath',
    refusal: { code: 'not found', path: 'getApp().store.dispath', near: 'getApp().store.dispatch' },
  },
];

let stage: Stage;
let page: Page;
let session: AttachedSession;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('kinds.html');
  session = await attach(page, { trusted: true });
});

afterAll(() => stage?.close());

test.each(rows)('$what is refused before anything is touched', async ({ target: text, refusal }) => {
  const changes = await remember(page);
  expect(await refusalOf(capture(session, target(text), 1))).toMatchObject(refusal);
  expect(await changes()).toEqual([]);
  expect(await page.evaluate('getterRuns')).toBe(0);
});

test.each(samplers)('after refusals the next capture with the $sampler domain works', async ({ sampler, trusted }) => {
  const session = await attach(page, { trusted });
  for (const name of ['plian', 'unchangeable']) await refusalOf(capture(session, target(name), 1));
  const { captured } = await captureWhile(page, session, 'plain', 1, 'plain(1)');
  expect(captured).toMatchObject({ sampler, end: 'complete' });
  await session.detach();
});

test.each([0, -1, 1.5, 1001, Number.NaN])('%d calls are refused', async (calls) => {
  await expect(capture(session, target('plain'), calls)).rejects.toThrow(RangeError);
});
