import { type Browser, type CDPSession, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser, launchOptions } from '../../scripts/browser.mjs';
import { describeFunction, functionAt, listFunctions } from '../../src/sources/functions.ts';

/** Every form of function. Each makes its own entry in `forms`, by a name of our list. */
const script = `let forms, inBlock;
function declared(a) {}
async /* ( */ function /* ( */ awaited // (
  (a) {}
function* generated() {}
async function * generatedLater() {}
const expressed = function () {};
const expressedNamed = function inner (a) {};
const awaitedExpression = async function() {}, generatedExpression = function *() {};
const arrow = (x) => x, arrowBare = x => x, arrowAsync = async (x) => x, arrowAsyncBare = async x => x, arrowMany = (
  a, b) => a;
const object = { method(a) {}, async awaitedMethod() {}, *generatedMethod() {}, async *both () {}, get got() { return 1; },
  set got(v) {}, 'in words'() {}, ['comp' + 'uted']() {}, 12() {}, held: function (a) {}, heldArrow: () => 1 };
class Implicit { field = (x) => x; #secret = x => x; static held = async () => 1; method() {} static fixed() {}
  get got() { return 1; } static async *both() {} #hidden (a) {} all() { return [this.#secret, this.#hidden]; } }
class Explicit extends Implicit { before() {} constructor (a) { super(); this.set = () => 1; } after = () => 2; }
const classExpression = class { }, classNamed = class Named extends Implicit { field = 1; };
const classExplicit = class { static { inBlock = [function () {}]; } constructor
  () {} };
const wide = '\u{1f525}é', afterWide = () => 1;
const implicit = new Implicit(), explicit = new Explicit();
const half = (object, key, half) => Object.getOwnPropertyDescriptor(object, key)[half];
forms = { declared: [declared], awaited: [awaited], generated: [generated], generatedLater: [generatedLater],
  expressed: [expressed], inner: [expressedNamed], awaitedExpression: [awaitedExpression],
  generatedExpression: [generatedExpression], arrow: [arrow], arrowBare: [arrowBare], arrowAsync: [arrowAsync],
  arrowAsyncBare: [arrowAsyncBare], arrowMany: [arrowMany], 'object.method': [object.method],
  'object.awaitedMethod': [object.awaitedMethod], 'object.generatedMethod': [object.generatedMethod],
  'object.both': [object.both], 'object.got (get)': [half(object, 'got', 'get')],
  'object.got (set)': [half(object, 'got', 'set')], 'in words': [object['in words']], 'object[…]': [object.computed],
  'object.12': [object[12]], 'object.held': [object.held], 'object.heldArrow': [object.heldArrow],
  Implicit: [Implicit], 'Implicit.field': [implicit.field], 'Implicit.#secret': [implicit.all()[0]],
  'Implicit.held': [Implicit.held], 'Implicit.method': [implicit.method], 'Implicit.fixed': [Implicit.fixed],
  'Implicit.got (get)': [half(Implicit.prototype, 'got', 'get')], 'Implicit.both': [Implicit.both],
  'Implicit.#hidden': [implicit.all()[1]], 'Implicit.all': [implicit.all], Explicit: [Explicit],
  'Explicit.before': [explicit.before], 'Explicit.set': [explicit.set], 'Explicit.after': [explicit.after],
  classExpression: [classExpression], classNamed: [classNamed], classExplicit: [classExplicit],
  'classExplicit › inBlock[0]': inBlock, afterWide: [afterWide], half: [half],
};`;

const moduleScript = `export default function () {}
export class Kept { render() {} }
export const made = await (async () => () => 1)();
import * as self from './module.js';
globalThis.moduleForms = { 'export default': [self.default], Kept: [Kept], 'Kept.render': [new Kept().render] };`;

const page = `<!doctype html><p>héllo <script>function inlined(a) {}
const later = () => 1; var inlineForms = { inlined: [inlined], later: [later] };</script>
<script src="forms.js"></script><script type="module" src="module.js"></script>`;

interface LoadedScript {
  readonly scriptId: string;
  readonly url: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly isModule?: boolean;
}

let browser: Browser;
let tab: Page;
let cdp: CDPSession;
const scripts: LoadedScript[] = [];

beforeAll(async () => {
  browser = await chromium.launch(launchOptions(await findBrowser(), { headless: true }));
  tab = await browser.newPage();
  const bodies: Record<string, string> = { '/': page, '/forms.js': script, '/module.js': moduleScript };
  await tab.route('http://forms.test/**', (route) => {
    const { pathname } = new URL(route.request().url());
    const contentType = pathname === '/' ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8';
    return route.fulfill({ contentType, body: bodies[pathname] ?? '' });
  });
  cdp = await tab.context().newCDPSession(tab);
  cdp.on('Debugger.scriptParsed', (parsed) => scripts.push(parsed));
  await cdp.send('Debugger.enable');
  await tab.goto('http://forms.test/');
  await tab.waitForFunction('globalThis.moduleForms');
});
afterAll(() => browser.close());

/** Where V8 says that the functions of a table of the page are, from 1. */
async function placesByV8(table: string): Promise<Record<string, { line: number; column: number }>> {
  const names = await tab.evaluate<string[]>(`Object.keys(${table})`);
  const places = names.map(async (name) => {
    const expression = `${table}[${JSON.stringify(name)}][0]`;
    const { result } = await cdp.send('Runtime.evaluate', { expression });
    const { internalProperties } = await cdp.send('Runtime.getProperties', { objectId: result.objectId! });
    const { lineNumber, columnNumber } = internalProperties!.find((one) => one.name === '[[FunctionLocation]]')!.value!
      .value;
    return [name, { line: lineNumber + 1, column: columnNumber + 1 }];
  });
  return Object.fromEntries(await Promise.all(places));
}

/** Our own list of a loaded script: the places by name, and which function stands around V8's place. */
async function listedPlaces(found: LoadedScript, names: readonly string[]) {
  const { scriptSource } = await cdp.send('Debugger.getScriptSource', { scriptId: found.scriptId });
  const list = listFunctions(scriptSource, { module: found.isModule ?? false });
  if ('error' in list) throw new Error(list.error);
  const begin = { line: found.startLine + 1, column: found.startColumn + 1 };
  const all = Array.from(list.start, (_, index) => describeFunction(list, index, begin));
  const wanted = all.filter(({ name }) => names.includes(name));
  const around = wanted.map(({ place }) => functionAt(list, place.line, place.column, begin));
  expect(around).toEqual(wanted.map(({ index }) => index));
  return Object.fromEntries(wanted.map(({ name, place }) => [name, place]));
}

describe('V8’s places are those of the list', () => {
  test.each([
    ['a script', '/forms.js', 'forms', 44],
    ['a module', '/module.js', 'moduleForms', 3],
    ['a script within a page', '/', 'inlineForms', 2],
  ])('for every form in %s', async (_, path, table, count) => {
    const expected = await placesByV8(table);
    expect(Object.keys(expected)).toHaveLength(count);
    const found = scripts.find(({ url }) => url === `http://forms.test${path}`)!;
    expect(await listedPlaces(found, Object.keys(expected))).toEqual(expected);
  });
});

test('a frame of a CPU profile leads to its function, the initialisers of a class to the class', async () => {
  const source = `const spin = () => { const end = performance.now() + 20; while (performance.now() < end); };
class First { field = spin(); static { spin(); } }
class Second extends First { constructor() { super(); spin(); } }
function run() { new Second(); [1].map(x => spin()); ({ get got() { spin(); } }).got; }
run();
//# sourceURL=profiled.js`;
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval: 200 });
  await cdp.send('Profiler.start');
  await cdp.send('Runtime.evaluate', { expression: source });
  const { profile } = await cdp.send('Profiler.stop');
  const list = listFunctions(source);
  if ('error' in list) throw new Error(list.error);
  const frames = profile.nodes.map(({ callFrame }) => callFrame).filter(({ url }) => url === 'profiled.js');
  const names = frames.map(({ lineNumber, columnNumber }) => {
    const index = functionAt(list, lineNumber + 1, columnNumber + 1);
    return index === null ? 'the script' : describeFunction(list, index).name;
  });
  const expected = ['First', 'Second', 'run', 'run › got (get)', 'run › map callback', 'spin', 'the script'];
  expect([...new Set(names)].sort()).toEqual(expected);
});
