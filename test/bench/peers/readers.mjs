/**
 * How everyone reads the bytes of a `.cpuprofile` file to a call tree with self and total times. A reader is made first,
 * which loads its code and is not timed. `total` tells the time in the whole tree, in microseconds; null if there is none.
 */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runInThisContext } from 'node:vm';

const require = createRequire(import.meta.url);
const packages = path.join(import.meta.dirname, 'node_modules');
const parse = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

/** By name. `built` is the folder of those that had to be bundled. */
export const readers = {
  async Flambe(built) {
    return await import(path.join(built, 'Flambe.mjs'));
  },

  /** What every reader that uses it takes at least. */
  async 'JSON.parse'() {
    return { read: parse, total: () => null };
  },

  /** As its page does: checks the profile, builds its trees and computes their times. */
  async cpupro() {
    const page = await readFile(path.join(packages, 'cpupro/build/report.html'), 'utf8');
    const [code] = page.match(/\(\(\)=>\{var .*?(?=<\/script>)/s);
    const prepare = find(code, /([\w$]+)=async function\([\w$]+,\{rejectData:/);
    const load = find(code, new RegExp(`var ${quoted(prepare)},([\\w$]+)=`));
    const loaded = innerFunction(code, `() => (${load}(), ${prepare})`);
    // What is loaded with it looks for elements, which reading needs none of.
    Object.assign(globalThis, { document: anything, navigator: anything, window: globalThis, Node: anything });
    const read = loaded();
    const model = { rejectData: fail, markers: anything, setWorkTitle: async () => undefined };
    return {
      read: (bytes) => read(parse(bytes), model),
      total: ({ currentProfile }) =>
        currentProfile.callFramesTreeTimings.selfTimes.reduce((sum, time) => sum + time, 0),
    };
  },

  /** The model that Chrome's Performance panel makes of a profile. */
  async DevTools(built) {
    const { CPUProfileDataModel } = await import(path.join(built, 'DevTools.mjs'));
    return {
      read: (bytes) => new CPUProfileDataModel(parse(bytes)),
      total: ({ profileHead }) => profileHead.total * 1000,
    };
  },

  async speedscope() {
    const release = path.join(packages, 'speedscope/dist/release');
    const file = (await readdir(release)).find((name) => /^speedscope-.*\.js$/.test(name));
    const code = await readFile(path.join(release, file), 'utf8');
    const module = find(code, /([\w$]+)=\{\};[\w$]+\(\1,\{importFromFileSystemDirectoryEntry:/);
    const load = find(code, new RegExp(`\\(\\)=>\\(([\\w$]+)\\(\\),${quoted(module)}\\)`));
    const loaded = innerFunction(code, `() => (${load}(), ${module})`);
    const { importProfilesFromArrayBuffer } = loaded();
    return {
      read: ({ buffer }) => importProfilesFromArrayBuffer('job.cpuprofile', buffer),
      total: ({ profiles: [profile] }) => profile.getAppendOrderCalltreeRoot().getTotalWeight(),
    };
  },

  /** Makes lists of functions rather than a tree. */
  async flamebearer() {
    const { parseInput } = await import('flamebearer');
    return {
      read: (bytes) => parseInput(Buffer.from(bytes.buffer), 'job.cpuprofile'),
      total: ({ threads: [thread] }) => thread.busy + thread.idle,
    };
  },

  /** Counts samples and knows no times. */
  async '0x'() {
    const convert = require('0x/lib/cpu-profile-to-tree.js');
    return { read: (bytes) => convert(parse(bytes)), total: () => null };
  },
};

/** Has every property and gives itself whatever is done to it. */
const anything = new Proxy(() => undefined, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => '' : anything),
  apply: () => anything,
  construct: () => anything,
});

function fail(reason) {
  throw new Error(reason);
}

/** The name that a minified function has, by what stands around it. */
function find(code, pattern) {
  const found = pattern.exec(code);
  if (!found) throw new Error(`This version has no ${pattern}`);
  return found[1];
}

function quoted(name) {
  return name.replaceAll('$', '\\$');
}

/** A function in the scope of a page's script, which defines everything and then looks for its document in vain. */
function innerFunction(code, text) {
  const opening = '(()=>{';
  const at = code.indexOf(opening) + opening.length;
  let inner;
  globalThis.takeInner = (found) => {
    inner = found;
  };
  try {
    runInThisContext(`${code.slice(0, at)}takeInner(${text});${code.slice(at)}`);
  } catch (error) {
    if (!inner) throw error;
  }
  return inner;
}
