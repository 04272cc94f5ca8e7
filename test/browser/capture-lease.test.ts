import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import foundCode from '../../src/capture/page/found.ts?iife';
import { attach } from '../harness/cdp.ts';
import { arm, openStage, remember, type Stage } from './pages/stage.ts';

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open('endings.html');
});

afterAll(() => stage?.close());

const target = JSON.stringify({ steps: [], accessor: 'any' });

function optionsWith(lease: number): string {
  return JSON.stringify({ id: 'abd', calls: 10, marks: 'timer', lease, longerThan: 0, stays: false });
}

/** The hook of a capture whose owner vanishes: nobody renews its lease of so many milliseconds. */
function armWithLease(lease: number): string {
  return `${foundCode}.findByPath(${target}, { name: 'work', isLexical: false, read: () => work, write: (value) => { work = value; } })
    .arm(${optionsWith(lease)})`;
}

test('an abandoned hook takes itself off when its lease ends', async () => {
  const changes = await remember(page);
  const session = await attach(page, { trusted: false });
  await session.send('Runtime.evaluate', { expression: `window.abandoned = ${armWithLease(150)}, 0` });
  await session.detach();
  expect(await changes()).toEqual(['0: work', '0: abandoned']);
  await page.waitForFunction('abandoned.state.leaseEnded');
  await page.evaluate('delete window.abandoned');
  expect(await changes()).toEqual([]);
  expect(await page.evaluate('work(1)')).toBe('done');
});

test('a call after the end of the lease is not marked, even if the page was too busy to notice', async () => {
  const state = await page.evaluate(`(() => {
    const original = work;
    const hook = ${armWithLease(20)};
    spin(40);
    work(1);
    return { ...hook.state, isBack: work === original };
  })()`);
  expect(state).toMatchObject({ begun: 0, leaseEnded: true, isOver: true, isBack: true });
});

test('a renewed hook stays', async () => {
  const stayed = await page.evaluate(`(async () => {
    const hook = ${armWithLease(60)};
    const start = performance.now();
    while (performance.now() < start + 200) {
      hook.renew();
      await new Promise((resolve) => setTimeout(resolve));
    }
    const { isOver } = hook.state;
    hook.release();
    return !isOver;
  })()`);
  expect(stayed).toBe(true);
});

test('a hook that stands nowhere knows no lease', async () => {
  const state = await page.evaluate(`(async () => {
    const found = ${foundCode}.findByPath(${target}, { name: 'work', isLexical: false, read: () => work, write: () => {} });
    const hook = found.wrap(${optionsWith(1)});
    await new Promise((resolve) => setTimeout(resolve, 20));
    hook.run(undefined, [1], false);
    return hook.state;
  })()`);
  expect(state).toMatchObject({ begun: 1, ended: 1, leaseEnded: false });
});

test('what the page put in the target’s place meanwhile stays', async () => {
  const session = await attach(page, { trusted: true });
  const armed = await arm(session, 'work', 3);
  await page.evaluate('window.works = [work]; work = () => "another"; 0');
  armed.cancel();
  expect((await armed.finished).end).toBe('cancelled');
  expect(await page.evaluate('work()')).toBe('another');
  // Whoever took the stand-in keeps a function that works.
  expect(await page.evaluate('works[0](1)')).toBe('done');
});
