import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { capture } from '../../src/capture/capture.ts';
import {
  type ListenerAddress,
  type ListenerAnswer,
  type ListenerList,
  listListenersExpression,
  placeOfListener,
} from '../../src/capture/listeners.ts';
import { buildApp } from '../apps/build.ts';
import { serveApp } from '../apps/serve.ts';
import { type AttachedSession, attach } from '../harness/cdp.ts';
import { openStage, refusalOf, remember, type Stage } from './pages/stage.ts';

let stage: Stage;
let page: Page;
let session: AttachedSession;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());
beforeEach(async () => {
  page = await stage.open('listeners.html');
  session = await attach(page, { trusted: false });
});
afterEach(() => page?.close());

/** As DevTools evaluates it, which knows what is selected there. */
async function answerFor(element: string): Promise<ListenerAnswer> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: listListenersExpression(element),
    includeCommandLineAPI: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

async function listFor(element: string): Promise<ListenerList> {
  const answer = await answerFor(element);
  if (answer === 'nothing' || 'inFrame' in answer) throw new Error(`Listed nothing: ${JSON.stringify(answer)}`);
  return answer;
}

/** The rows of a list in words: `main#outer: click ofOuter`. */
function drawn(list: ListenerList): string[] {
  return list.flatMap(({ label, listeners, delegated }) => [
    ...listeners.map(({ source, type, name, useCapture, once, passive, isFunction }) =>
      [
        `${label}:`,
        source !== 'listener' && source,
        type,
        name || '?',
        useCapture && 'capture',
        once && 'once',
        passive && 'passive',
        !isFunction && 'no function',
      ]
        .filter(Boolean)
        .join(' '),
    ),
    ...(delegated > 0 ? [`${label}: ${delegated} delegated`] : []),
  ]);
}

function addressOf(list: ListenerList, label: string, type: string, name: string): ListenerAddress {
  const group = list.find((each) => each.label === label);
  const row = group?.listeners.find((each) => each.type === type && each.name === name);
  if (!group?.path || !row) throw new Error(`No way to ${name} of ${label} in ${drawn(list).join(', ')}`);
  return { ...row, frame: null, path: group.path };
}

async function lineOf(address: ListenerAddress): Promise<string> {
  const { source, line, column } = await placeOfListener(session, address);
  const text = await (await fetch(source)).text();
  return text
    .split('\n')
    [line - 1]!.slice(0, column! - 1)
    .trim();
}

test('all that an event of an element passes is listed, from the element up', async () => {
  const list = await listFor('save');
  expect(drawn(list)).toEqual([
    'button#save.primary.big: click onclick',
    'button#save.primary.big: click onSave',
    'button#save.primary.big: click once once',
    'button#save.primary.big: pointerdown handleEvent capture',
    'button#save.primary.big: keydown ? no function',
    'button#save.primary.big: keyup bound onSave',
    'button#save.primary.big: wheel ? passive',
    'button#save.primary.big: input max',
    'main#outer: click ofOuter',
    'main#outer: focus capturing capture',
    'document: click ofDocument',
    'window: click ofWindow capture',
  ]);
  // The console's own function runs it, and nothing besides.
  expect(await page.evaluate('module.getterRuns()')).toBe(1);
});

test('an element without listeners has those that its events pass', async () => {
  expect(drawn(await listFor("document.querySelector('p')"))).toEqual([
    'main#outer: click ofOuter',
    'main#outer: focus capturing capture',
    'document: click ofDocument',
    'window: click ofWindow capture',
  ]);
  expect(await answerFor('null')).toBe('nothing');
});

test('events leave shadow roots for their hosts', async () => {
  const list = await listFor("host.shadowRoot.querySelector('button')");
  expect(drawn(list).slice(0, 2)).toEqual(['button#within: click ofShadow', 'shadow root: click ofRoot']);
  expect(drawn(list)).toContain('window: click ofWindow capture');
  expect(await lineOf(addressOf(list, 'button#within', 'click', 'ofShadow'))).toMatch(/function ofShadow$/);
  const shut = await listFor('shut');
  expect(drawn(shut).slice(0, 2)).toEqual(['button: click ofShut', 'div#sealed: click ofHost']);
  expect(shut[0]!.path).toBe(null);
  expect(await lineOf(addressOf(shut, 'div#sealed', 'click', 'ofHost'))).toMatch(/function ofHost$/);
});

test('what is in a frame is told from what has no listeners', async () => {
  await page.frameLocator('iframe').getByRole('button').waitFor();
  expect(await answerFor("inside.contentDocument.querySelector('button')")).toEqual({ inFrame: 'about:srcdoc' });
});

describe('the place of', () => {
  test.each([
    ['a function', 'click', 'onSave', /function onSave$/],
    ['the method of an object', 'pointerdown', 'handleEvent', /^handleEvent$/],
    ['a bound function', 'keyup', 'bound onSave', /function onSave$/],
    ['an arrow without a name', 'wheel', '', /addEventListener\('wheel',$/],
  ])('%s is that of V8', async (_, type, name, expected) => {
    expect(await lineOf(addressOf(await listFor('save'), 'button#save.primary.big', type, name))).toMatch(expected);
  });

  test('a listener that was removed meanwhile is none', async () => {
    const address = addressOf(await listFor('save'), 'button#save.primary.big', 'click', 'onSave');
    await page.evaluate("save.removeEventListener('click', module.onSave)");
    expect(await refusalOf(placeOfListener(session, address))).toEqual({
      code: 'no listener',
      type: 'click',
      reason: 'gone',
    });
  });

  test("one of the browser's own is none", async () => {
    const address = addressOf(await listFor('save'), 'button#save.primary.big', 'input', 'max');
    expect(await refusalOf(placeOfListener(session, address))).toEqual({
      code: 'no listener',
      type: 'input',
      reason: 'no source',
    });
  });
});

test('a listener of a module is captured at its place, and the page is as it was', async () => {
  await page.evaluate('var owners = [window, document, save], namedOnly = () => [module, spin]');
  const changes = await remember(page);
  const place = await placeOfListener(
    session,
    addressOf(await listFor('save'), 'button#save.primary.big', 'click', 'onSave'),
  );
  const captured = await capture(session, place, 1, {
    onProgress: ({ step }) => {
      if (step === 'armed') void page.getByRole('button', { name: 'Save' }).click();
    },
  });
  expect(captured.fn.name).toBe('onSave');
  expect(captured.calls.outcome).toEqual(['returned']);
  expect(await changes()).toEqual([]);
});

test('an app of Preact has its handlers in the place of the functions that call them', async () => {
  const preact = await readFile('node_modules/preact/dist/preact.mjs', 'base64');
  await page.evaluate(`import('data:text/javascript;base64,${preact}').then(({ h, render }) => render(
    h('button', { id: 'kept', onClick: function onKept() { spin(1); }, onKeyDownCapture: () => {} }, 'Kept'),
    outer.appendChild(document.createElement('div')),
  ))`);
  await page.evaluate("kept.addEventListener('click', () => {})");
  const list = await listFor('kept');
  expect(drawn(list).slice(0, 5)).toEqual([
    'button#kept: click ?',
    'button#kept: Preact onClick onKept',
    'button#kept: Preact onKeyDownCapture onKeyDownCapture capture',
    'button#kept: 2 delegated',
    'main#outer: click ofOuter',
  ]);
  const place = await placeOfListener(session, addressOf(list, 'button#kept', 'onClick', 'onKept')).catch(
    (error: unknown) => error,
  );
  // It came by evaluation, from a script without an address.
  expect(place).toMatchObject({ failure: { code: 'no listener', reason: 'no source' } });
});

describe('an app of React', () => {
  test.each(['development', 'production'] as const)('has its handlers with their elements: %s', async (mode) => {
    const { folder } = await buildApp({ bundler: 'vite', mode, maps: 'none' });
    const app = await serveApp(folder);
    try {
      await page.goto(app.url);
      const button = page.getByRole('button', { name: 'Rank recipes' });
      await button.waitFor();
      const list = await listFor(
        "[...document.querySelectorAll('button')].find((b) => b.textContent === 'Rank recipes')",
      );
      const form = list.find(({ label }) => label === 'form')!;
      const handler = form.listeners.find(({ source, type }) => source === 'React' && type === 'onSubmit');
      expect(handler, drawn(list).join('\n')).toBeDefined();
      const root = list.find(({ delegated }) => delegated > 0);
      expect(root!.label).toMatch(/^div#/);
      expect(root!.delegated).toBeGreaterThan(50);
      const place = await placeOfListener(session, { ...handler!, frame: null, path: form.path! });
      const captured = await capture(session, place, 1, {
        onProgress: ({ step }) => {
          if (step === 'armed') void button.click();
        },
      });
      expect(captured.end).toBe('complete');
      expect(captured.calls.outcome).toEqual(['returned']);
    } finally {
      await app.close();
    }
  });
});
