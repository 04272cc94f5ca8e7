import { afterEach, describe, expect, test } from 'vitest';
import { type ScriptToAdd, Sources } from '../../src/sources/client.ts';
import type { Port } from '../../src/sources/protocol.ts';
import type { ScriptText } from '../../src/sources/script.ts';
import { serve } from '../../src/sources/serve.ts';
import { waitFor } from '../harness/wait.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** A client whose workers are in this thread, at the other ends of channels. */
function opened() {
  const progress: [number, number][] = [];
  const newWorker = (): Port => {
    const { port1, port2 } = new MessageChannel();
    serve(port2);
    open.push(port2);
    return port1;
  };
  const sources = new Sources(newWorker, { onProgress: (read, total) => progress.push([read, total]) });
  open.push(sources);
  const allRead = () =>
    waitFor('all scripts to be read', async () => {
      await Promise.resolve();
      const [read, total] = progress.at(-1) ?? [0, 1];
      return read === total;
    });
  return { sources, progress, allRead };
}

const loaded: string[] = [];
afterEach(() => {
  loaded.length = 0;
});

function script(id: string, text: string | ScriptText, more: Partial<ScriptToAdd> = {}): ScriptToAdd {
  const load = async () => {
    loaded.push(id);
    return typeof text === 'string' ? { text } : text;
  };
  return { id, url: `http://x/${id}`, hash: id, begin: { line: 1, column: 1 }, load, ...more };
}

const namesOf = async (sources: Sources, typed: string) => (await sources.search(typed))?.map(({ name }) => name);

test('scripts are read and searched, and progress is told', async () => {
  const { sources, progress, allRead } = opened();
  sources.add(script('a.js', 'function first(){}'));
  sources.add(script('b.js', 'class First { second() {} }'));
  await allRead();
  expect(progress).toEqual([
    [0, 2],
    [1, 2],
    [2, 2],
  ]);
  expect(await namesOf(sources, 'first')).toEqual(['first', 'First']);
  sources.remove('a.js');
  expect(await namesOf(sources, 'first')).toEqual(['First']);
  expect(progress.at(-1)).toEqual([1, 1]);
});

test('the page’s own code is read before packages, short scripts before long ones', async () => {
  const { sources, allRead } = opened();
  sources.add(script('node_modules/redux/index.js', '', { length: 1 }));
  sources.add(script('long.js', '', { length: 1000 }));
  sources.add(script('short.js', '', { length: 10 }));
  await allRead();
  expect(loaded).toEqual(['short.js', 'long.js', 'node_modules/redux/index.js']);
});

describe('a text is read once', () => {
  test('for all scripts that have it, with places of their own', async () => {
    const { sources, allRead } = opened();
    sources.add(script('a.js', 'function same(){}', { hash: 'h' }));
    sources.add(script('b.js', 'function same(){}', { hash: 'h', begin: { line: 5, column: 3 } }));
    await allRead();
    expect(loaded).toEqual(['a.js']);
    const found = await sources.search('same');
    expect(found?.map(({ scriptId, place }) => ({ scriptId, place }))).toEqual([
      { scriptId: 'a.js', place: { line: 1, column: 14 } },
      { scriptId: 'b.js', place: { line: 5, column: 16 } },
    ]);
  });

  test('also over a reload', async () => {
    const { sources, allRead } = opened();
    sources.add(script('a.js', 'function same(){}', { hash: 'h' }));
    await allRead();
    sources.remove('a.js');
    sources.add(script('reloaded.js', 'function same(){}', { hash: 'h' }));
    expect(await namesOf(sources, 'same')).toEqual(['same']);
    expect(loaded).toEqual(['a.js']);
  });

  test.each([
    ['after it was', true],
    ['while it is', false],
  ])('unless it is to be read again, %s', async (_, wait) => {
    const { sources, allRead } = opened();
    let text = 'function before(){}';
    sources.add(script('a.js', '', { load: async () => ({ text }) }));
    if (wait) await allRead();
    else await Promise.resolve();
    text = 'function after(){}';
    sources.readAgain('a.js');
    await allRead();
    expect(await namesOf(sources, 'after')).toEqual(['after']);
    expect(await namesOf(sources, 'before')).toEqual([]);
  });
});

test('a newer search takes the place of older ones', async () => {
  const { sources, allRead } = opened();
  sources.add(script('a.js', 'function one(){} function two(){} function three(){}'));
  await allRead();
  expect(await Promise.all(['one', 'two', 'three'].map((typed) => namesOf(sources, typed)))).toEqual([
    undefined,
    undefined,
    ['three'],
  ]);
});

test('what can’t be loaded or read is told, and the next one is read', async () => {
  const { sources, allRead } = opened();
  sources.add(script('gone.js', '', { load: () => Promise.reject(new Error('No script for id')) }));
  sources.add(script('broken.js', 'const = 1'));
  sources.add(script('fine.js', 'function fine(){}'));
  await allRead();
  expect(await sources.problems()).toEqual([
    {
      scriptId: 'gone.js',
      url: 'http://x/gone.js',
      problem: 'The script could not be loaded: Error: No script for id',
    },
    {
      scriptId: 'broken.js',
      url: 'http://x/broken.js',
      problem: expect.stringMatching(/^The script could not be read/),
    },
  ]);
  expect(await namesOf(sources, 'fine')).toEqual(['fine']);
});

test('paused, nothing is loaded; what a pause cut off is loaded again', async () => {
  const { sources, allRead } = opened();
  let isCutOff = () => {};
  let times = 0;
  const load = () => {
    times++;
    if (times > 1) return Promise.resolve({ text: 'function late(){}' });
    return new Promise<ScriptText>((_, reject) => {
      isCutOff = () => reject(new Error('Detached'));
    });
  };
  sources.add(script('late.js', '', { load }));
  await Promise.resolve();
  sources.pause();
  isCutOff();
  sources.add(script('later.js', 'function later(){}'));
  expect(await namesOf(sources, 'late')).toEqual([]);
  expect([times, loaded]).toEqual([1, []]);
  sources.resume();
  await allRead();
  expect(await namesOf(sources, 'late')).toEqual(['late', 'later']);
  expect(await sources.problems()).toEqual([]);
});

test('a script that went with its page is not held against the same one of the next page', async () => {
  const { sources, allRead } = opened();
  let fail = () => {};
  const load = () =>
    new Promise<ScriptText>((_, reject) => {
      fail = () => reject(new Error('No script for id'));
    });
  sources.add(script('a.js', '', { hash: 'h', load }));
  await Promise.resolve();
  sources.remove('a.js');
  fail();
  sources.add(script('reloaded.js', 'function same(){}', { hash: 'h' }));
  await allRead();
  expect(await namesOf(sources, 'same')).toEqual(['same']);
});

test('a map within a script is read by the reader', async () => {
  const { sources, allRead } = opened();
  const map = {
    version: 3,
    sources: ['a.ts'],
    sourcesContent: ['function original(){}'],
    names: [],
    mappings: 'AAAA,SAAS',
  };
  const dataUrl = `data:application/json;base64,${btoa(JSON.stringify(map))}`;
  sources.add(script('a.js', { text: 'function a(){}', map: { dataUrl, url: 'http://x/a.js' } }));
  sources.add(script('b.js', { text: 'function b(){}', map: { dataUrl: 'data:,%', url: 'http://x/b.js' } }));
  await allRead();
  expect(await namesOf(sources, 'original')).toEqual(['original']);
  expect((await sources.problems()).map(({ url, problem }) => [url, problem])).toEqual([
    ['http://x/b.js', 'The source map in the script could not be read'],
  ]);
});

test('places are answered, of frames and of what a person types', async () => {
  const { sources, allRead } = opened();
  sources.add(script('src/a.js', 'function a(){\n  const b = () => 1;\n}'));
  await allRead();
  const frames = await sources.functionsAt([
    { scriptId: 'src/a.js', line: 2, column: 13 },
    { scriptId: 'src/a.js', line: 9, column: 1 },
  ]);
  expect(frames.map((one) => one?.name)).toEqual(['a › b', undefined]);
  expect((await sources.findAt('a.js', 2)).map(({ name }) => name)).toEqual(['a › b']);
  expect((await sources.findAt('a.js', 2, 3)).map(({ name }) => name)).toEqual(['a']);
});
