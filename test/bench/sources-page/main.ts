import { Sources } from '../../../src/sources/client.ts';

/** What one run measured; times in milliseconds. */
export interface Measured {
  readonly first: number;
  readonly all: number;
  /** How long searches took that were asked for while scripts were read, and afterwards. */
  readonly busySearches: readonly number[];
  readonly searches: readonly number[];
  /** The longest that this thread was not to be had. */
  readonly longestGap: number;
  readonly problems: readonly string[];
}

declare global {
  /** Lists the scripts at the addresses, and types on all the while. */
  function measureSources(urls: readonly string[]): Promise<Measured>;
  /** Bytes of this page and its workers. */
  function measureMemory(): Promise<number>;
}

const typed = [
  'r',
  're',
  'ren',
  'rend',
  'render',
  'renderW',
  's',
  'se',
  'set',
  'setS',
  'uE',
  'map',
  'store dis',
  'e',
  'parse',
];
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

globalThis.measureSources = async (urls) => {
  const texts = await Promise.all(urls.map(async (url) => ({ url, text: await (await fetch(url)).text() })));
  const newWorker = () => new Worker(new URL('../../../src/sources/worker.ts', import.meta.url), { type: 'module' });
  let read = 0;
  const sources = new Sources(newWorker, { onProgress: (count) => (read = count) });

  let longestGap = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longestGap = Math.max(longestGap, performance.now() - last);
    last = performance.now();
  }, 1);

  const start = performance.now();
  const timedSearch = async (text: string) => {
    const asked = performance.now();
    const found = await sources.search(text);
    return { took: performance.now() - asked, count: found?.length ?? 0 };
  };
  for (const { url, text } of texts)
    sources.add({
      id: url,
      url,
      hash: url,
      begin: { line: 1, column: 1 },
      length: text.length,
      load: async () => ({ text }),
    });
  const busySearches: number[] = [];
  let first = 0;
  while (read < texts.length) {
    const { took, count } = await timedSearch(typed[busySearches.length % typed.length]!);
    busySearches.push(took);
    if (count > 0) first ||= performance.now() - start;
    await pause(15);
  }
  const all = performance.now() - start;
  clearInterval(watch);

  const searches: number[] = [];
  for (const text of [...typed, ...typed, ...typed]) searches.push((await timedSearch(text)).took);
  const problems = (await sources.problems()).map(({ url, problem }) => `${url}: ${problem}`);
  return { first, all, busySearches, searches, longestGap, problems };
};

globalThis.measureMemory = async () => {
  const { measureUserAgentSpecificMemory } = performance as Performance & {
    measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
  };
  return (await measureUserAgentSpecificMemory.call(performance)).bytes;
};
