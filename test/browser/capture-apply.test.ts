import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply } from '../../src/capture/capture.ts';
import type { AppliedResult } from '../../src/capture/record.ts';
import { callTree } from '../../src/capture/trees.ts';
import { activeTime } from '../../src/profile/model.ts';
import { type AttachedSession, attach } from '../harness/cdp.ts';
import { openStage, refusalOf, remember, type Stage, samplers, target } from './pages/stage.ts';

interface Row {
  readonly what: string;
  readonly target: string;
  readonly args: string;
  readonly outcome?: AppliedResult['outcome'];
  readonly value: Partial<AppliedResult['value']>;
  /** Of the value, name by name. */
  readonly preview?: Record<string, string>;
}

const rows: readonly Row[] = [
  { what: 'a number', target: 'plain', args: '2, 3', value: { type: 'number', value: 5 } },
  { what: 'with no arguments', target: 'plain', args: '', value: { type: 'number', description: 'NaN' } },
  { what: 'with a comment among the arguments', target: 'plain', args: '2 // two', value: { value: 4 } },
  { what: 'undefined', target: 'give', args: '', value: { type: 'undefined' } },
  { what: 'a symbol', target: 'give', args: 'Symbol("s")', value: { type: 'symbol', description: 'Symbol(s)' } },
  {
    what: 'an object',
    target: 'give',
    args: '{ name: "n", size: 3 }',
    value: { type: 'object' },
    preview: { name: 'n', size: '3' },
  },
  { what: 'a method’s this', target: 'app.times', args: '7', value: { value: 21 } },
  { what: 'an inherited method’s this', target: 'widget.render', args: '2', value: { value: 6 } },
  { what: 'an expression’s this', target: 'getApp().store.dispatch', args: '4', value: { value: 4 } },
  { what: 'a function without a place', target: '[plain, give].pop()', args: '"x"', value: { value: 'x' } },
  { what: 'a const', target: 'unchangeable', args: '', value: { value: 0 } },
  { what: 'a function of a frozen object', target: 'shut.frozen.fn', args: '', value: { type: 'undefined' } },
  {
    what: 'a class, which is constructed',
    target: 'Widget',
    args: '9',
    value: { type: 'object', className: 'Widget' },
    preview: { size: '9', madeBy: 'Widget' },
  },
  {
    what: 'a class with private static members',
    target: 'shut.Private',
    args: '',
    value: { type: 'object' },
    preview: { kept: '0' },
  },
  { what: 'a promise', target: 'later', args: '1', value: { type: 'object', subtype: 'promise' } },
  {
    what: 'an exception',
    target: 'explode',
    args: '',
    outcome: 'threw',
    value: { type: 'object', subtype: 'error', className: 'RangeError' },
  },
  { what: 'a thrown text', target: 'fail', args: '"no"', outcome: 'threw', value: { type: 'string', value: 'no' } },
  { what: 'a thrown undefined', target: 'fail', args: '', outcome: 'threw', value: { type: 'undefined' } },
];

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('kinds.html');
});

afterAll(() => stage?.close());

describe.each(samplers)('with the $sampler domain, apply', ({ sampler, trusted }) => {
  let session: AttachedSession;
  beforeAll(async () => {
    session = await attach(page, { trusted });
  });
  afterAll(() => session?.detach());

  test.each(rows)('gives $what', async ({ target: text, args, outcome = 'returned', value, preview }) => {
    const changes = await remember(page);
    const captured = await apply(session, target(text), args);
    expect(captured).toMatchObject({ sampler, end: 'complete', results: [{ outcome, value }] });
    const properties = captured.results![0]!.value.preview?.properties ?? [];
    for (const [name, shown] of Object.entries(preview ?? {}))
      expect(properties).toContainEqual(expect.objectContaining({ name, value: shown }));
    expect(captured.calls.outcome).toEqual([value.subtype === 'promise' ? 'returned a promise' : outcome]);
    expect(callTree(captured, 0).total[0]).toBe(activeTime(captured.calls, 0));
    expect(await changes()).toEqual([]);
  });

  test('calls as often as asked, with arguments evaluated anew', async () => {
    const bumped = await apply(session, target('bump'), '{ n: 1 }', { repeat: 3 });
    expect(bumped.results!.map(({ value }) => value.value)).toEqual([2, 2, 2]);
    expect(bumped.calls.outcome).toEqual(['returned', 'returned', 'returned']);
  });

  test.each([
    ['2, (', { code: 'syntax', text: '2, (' }],
    ['2); explode(', { code: 'syntax', text: '2); explode(' }],
    ['nothing.there', { code: 'evaluation threw', text: 'nothing.there' }],
    ['explode()', { code: 'evaluation threw', text: 'explode()' }],
  ])('refuses the arguments `%s` without calling', async (args, refusal) => {
    const before = await page.evaluate('bumps');
    expect(await refusalOf(apply(session, target('bump'), args))).toMatchObject(refusal);
    expect(await page.evaluate('bumps')).toBe(before);
  });

  test('stops between two calls when it is cancelled', async () => {
    const abort = new AbortController();
    const captured = await apply(session, target('bump'), '{ n: 1 }', {
      repeat: 1000,
      signal: abort.signal,
      onProgress: (progress) => {
        if (progress.step === 'calls' && progress.ended === 3) abort.abort();
      },
    });
    expect(captured.end).toBe('cancelled');
    expect(captured.results!.length).toBeGreaterThanOrEqual(3);
    expect(captured.results!.length).toBeLessThan(10);
  });
});
