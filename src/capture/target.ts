/**
 * The target: the function to profile, as the user names it.
 *
 *     app.store.dispatch       a path: walked by property descriptors, so naming it runs nothing of the page
 *     app["my fn"], list[0], app[Symbol.iterator], app[Symbol.for("key")]      paths too
 *     Widget.prototype.size (get)    the getter of a property; (set) for its setter
 *     getStore().dispatch      an expression: evaluated once, on Capture
 *     store.js:88:12           a place in a source: the function there
 *     http://localhost:3000/:12:5      any address will do where it is whole and the column is there
 */

/**
 * One step of a path: a string key, a well-known symbol by its name (`iterator` for `Symbol.iterator`), or a symbol of the
 * registry by its key.
 */
export type PathStep = { readonly key: string } | { readonly symbol: string } | { readonly symbolFor: string };

/** Half of a property that runs code. */
export type Accessor = 'get' | 'set';

export interface PathTarget {
  readonly kind: 'path';
  /** The identifier that the path begins with: a property of the global object or a top-level let, const or class. */
  readonly root: string;
  readonly steps: readonly PathStep[];
  /** Which half of an accessor; left out, what the property holds, or the half that reads. */
  readonly accessor?: Accessor;
}
export interface ExpressionTarget {
  readonly kind: 'expression';
  readonly text: string;
  readonly accessor?: Accessor;
}
export interface PlaceTarget {
  readonly kind: 'place';
  /** Address of a script or the end of one, such as `store.js`. */
  readonly source: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based; left out, the whole line is meant. */
  readonly column?: number;
}
export type Target = PathTarget | ExpressionTarget | PlaceTarget;

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/u;
const wholeIdentifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
const place = /^(\S+?\.(?:[cm]?[jt]sx?|vue|svelte)(?:\?\S*?)?):([1-9]\d*)(?::([1-9]\d*))?$/;
const wholePlace = /^([a-z][a-z\d+.-]*:\S+):([1-9]\d*):([1-9]\d*)$/i;
/** Words that look like an identifier but start an expression. */
const notRoots = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield'.split(
    ' ',
  ),
);
const globalAliases = new Set(['window', 'globalThis', 'self']);

/** Reads what the user typed. Returns null for blank text; whatever is no path and no place is an expression. */
export function parseTarget(typed: string): Target | null {
  const trimmed = typed.trim();
  if (trimmed === '') return null;
  const asPlace = wholePlace.exec(trimmed) ?? place.exec(trimmed);
  if (asPlace) {
    const [, source, line, column] = asPlace;
    return { kind: 'place', source: source!, line: Number(line), ...(column && { column: Number(column) }) };
  }
  const [, named, half] = accessorSuffix.exec(trimmed) ?? [];
  const accessor = half && { accessor: half as Accessor };
  const text = named ?? trimmed;
  return { ...(parsePath(text) ?? { kind: 'expression', text }), ...accessor };
}

/** With a space before it, as nobody writes the call that it would be in JavaScript. */
const accessorSuffix = /^(.+?)\s+\((get|set)\)$/s;

function parsePath(text: string): PathTarget | null {
  const root = identifier.exec(text)?.[0];
  if (!root || notRoots.has(root)) return null;
  const steps: PathStep[] = [];
  let rest = text.slice(root.length);
  while (rest !== '') {
    const step = readStep(rest);
    if (!step) return null;
    steps.push(step.step);
    rest = rest.slice(step.length);
  }
  const [first, ...others] = steps;
  const named = first && 'key' in first && wholeIdentifier.test(first.key);
  if (globalAliases.has(root) && named) return { kind: 'path', root: first.key, steps: others };
  return { kind: 'path', root, steps };
}

const dotStep = /^\s*\.\s*/;
const symbolStep = /^\s*\[\s*Symbol\s*\.\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\]/u;
const registryStep = /^\s*\[\s*Symbol\s*\.\s*for\s*\(\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')\s*\)\s*\]/;
const numberStep = /^\s*\[\s*(0|[1-9]\d*)\s*\]/;
const stringStep = /^\s*\[\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')\s*\]/;

function readStep(text: string): { step: PathStep; length: number } | null {
  const dot = dotStep.exec(text);
  if (dot) {
    const name = identifier.exec(text.slice(dot[0].length))?.[0];
    return name ? { step: { key: name }, length: dot[0].length + name.length } : null;
  }
  const symbol = symbolStep.exec(text);
  if (symbol) return { step: { symbol: symbol[1]! }, length: symbol[0].length };
  const number = numberStep.exec(text);
  if (number) return { step: { key: number[1]! }, length: number[0].length };
  const registry = registryStep.exec(text);
  const symbolFor = registry && readString(registry[1]!);
  if (registry && typeof symbolFor === 'string') return { step: { symbolFor }, length: registry[0].length };
  const string = stringStep.exec(text);
  const key = string && readString(string[1]!);
  return string && typeof key === 'string' ? { step: { key }, length: string[0].length } : null;
}

/** The value of a string literal, or null when it has an escape that JSON does not know. */
function readString(literal: string): string | null {
  const inner = literal.slice(1, -1);
  const json = literal.startsWith('"') ? inner : inner.replaceAll("\\'", "'").replaceAll(/(?<!\\)"/g, '\\"');
  try {
    const value: unknown = JSON.parse(`"${json}"`);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** The canonical text of one step: `.name`, `["my fn"]`, `[0]`, `[Symbol.iterator]`, `[Symbol.for("key")]`. */
export function formatStep(step: PathStep): string {
  if ('symbol' in step) return `[Symbol.${step.symbol}]`;
  if ('symbolFor' in step) return `[Symbol.for(${JSON.stringify(step.symbolFor)})]`;
  if (wholeIdentifier.test(step.key)) return `.${step.key}`;
  return /^(0|[1-9]\d*)$/.test(step.key) ? `[${step.key}]` : `[${JSON.stringify(step.key)}]`;
}

/** What follows the path of an accessor's half; nothing follows other paths. */
export function formatAccessor(accessor: Accessor | null): string {
  return accessor === null ? '' : ` (${accessor})`;
}

/** The canonical text of a target; `parseTarget(formatTarget(t))` is `t` again. */
export function formatTarget(target: Target): string {
  switch (target.kind) {
    case 'path':
      return target.root + target.steps.map(formatStep).join('') + formatAccessor(target.accessor ?? null);
    case 'expression':
      return target.text + formatAccessor(target.accessor ?? null);
    case 'place':
      return [target.source, target.line, ...(target.column === undefined ? [] : [target.column])].join(':');
    default:
      return target satisfies never;
  }
}
