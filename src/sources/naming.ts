import type { ESTree } from 'meriyah';
import type { Node } from './syntax.ts';

/**
 * A part of a function's name: an identifier of the source and where it stands, or words of ours between them. The parts
 * of `items.map callback` are `items` `.` `map` ` callback`.
 */
export interface Piece {
  readonly text: string;
  /** Offset of the token in the script; -1 for words of ours. */
  readonly at: number;
}

/** What a function is called by the code right around it, without the functions that it is nested in. */
export interface Label {
  readonly pieces: readonly Piece[];
  /** Belongs to the class around it: `Widget.render`, not `Widget › render`. */
  readonly member?: true;
  /** A description of a function that has no name: `items.map callback`, `(returned)`. */
  readonly described?: true;
  /** Says too little to stand in the names of the functions within. */
  readonly silent?: true;
}

export const words = (text: string): Piece => ({ text, at: -1 });
const token = (text: string, node: Node): Piece => ({ text: shortened(text), at: node.start! });

/** Strings can be names too, and long: the paths by which bundlers key their modules still fit. */
const longestPiece = 120;
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= longestPiece ? line : `${line.slice(0, longestPiece - 1)}…`;
}

const describedAs = (text: string): Label => ({ pieces: [words(text)], described: true, silent: true });
export const anonymous = describedAs('(anonymous)');
export const anonymousClass = describedAs('(anonymous class)');
export const returned = describedAs('(returned)');
export const calledAtOnce = describedAs('(called at once)');
export const exportDefault: Label = { pieces: [words('export default')] };

export function named(id: ESTree.Identifier): Label {
  return { pieces: [token(id.name, id)] };
}

/** The label of what is assigned to `left`; undefined for a pattern. */
export function ofAssignment(left: Node): Label | undefined {
  if (left.type === 'MemberExpression' && left.object.type === 'ThisExpression')
    return { pieces: keyPieces(left.property, left.computed), member: true };
  const pieces = pathPieces(left, Number.POSITIVE_INFINITY);
  return pieces.length > 0 ? { pieces } : undefined;
}

/** A property in an object literal, which itself may have a name. */
export function ofProperty({ key, computed }: ESTree.Property, object: Label | undefined): Label {
  const pieces = keyPieces(key, computed);
  const ownName = key.type === 'Literal' && typeof key.value === 'string' && !isIdentifier(key.value);
  if (!object || object.described || ownName) return { pieces };
  return { ...object, pieces: joined(object.pieces, pieces) };
}

/** A method or field of a class. */
export function ofMember({ key, computed }: { readonly key: Node | null; readonly computed: boolean }): Label {
  return { pieces: keyPieces(key, computed), member: true };
}

export function ofElement(array: Label | undefined, index: number): Label | undefined {
  return array && !array.described ? { ...array, pieces: [...array.pieces, words(`[${index}]`)] } : undefined;
}

export function withSuffix(label: Label, suffix: string): Label {
  return { ...label, pieces: [...label.pieces, words(suffix)] };
}

/**
 * A function among a call's arguments. `variable` is the name that the call's result gets: in `const Button = memo(…)` the
 * function is what people call Button, while `const total = items.reduce(…)` is named by its method.
 */
export function ofArgument(call: ESTree.CallExpression | ESTree.NewExpression, index: number, variable?: Label): Label {
  const callee = unwrapped(call.callee);
  const path = pathPieces(callee, 2);
  const wraps = call.type === 'CallExpression' && index === 0 && (callee !== call.callee || path.length === 1);
  if (variable && !variable.described && wraps && path.length > 0) {
    const [wrapper] = path.slice(-1);
    return { ...variable, pieces: [...variable.pieces, words(' ('), wrapper!, words(')')] };
  }
  if (path.length === 0) return { pieces: [words('callback')], described: true };
  const before = call.type === 'NewExpression' ? [words('new ')] : [];
  const [first] = call.arguments;
  const topic =
    index > 0 && first?.type === 'Literal' && typeof first.value === 'string' && first.value.length <= longestTopic
      ? [words(`('${shortened(first.value)}')`)]
      : [];
  return { pieces: [...before, ...path, ...topic, words(' callback')], described: true };
}

/** In `on('click', …)` the string says more than the method. */
const longestTopic = 40;

export function ofTemplate({ tag }: ESTree.TaggedTemplateExpression): Label {
  return { pieces: [...pathPieces(tag, 2), words(' callback')], described: true };
}

/** Bundlers call what is imported as `(0, module.name)(…)`: the name alone is what the author wrote. */
function unwrapped(callee: Node): Node {
  const last = callee.type === 'SequenceExpression' ? callee.expressions.at(-1) : undefined;
  if (!last) return callee;
  return last.type === 'MemberExpression' && !last.computed ? last.property : last;
}

/** `a.b.c` as pieces, from its end at most `longest` names; empty where the expression has no name. */
function pathPieces(node: Node, longest: number): Piece[] {
  const backwards: Piece[][] = [];
  let rest: Node = node;
  let called = '';
  while (backwards.length < longest) {
    if (rest.type === 'ChainExpression') rest = rest.expression;
    else if (rest.type === 'CallExpression') {
      called = '(…)';
      rest = rest.callee;
    } else if (rest.type === 'MemberExpression') {
      backwards.push([...keyPieces(rest.property, rest.computed), ...(called ? [words(called)] : [])]);
      called = '';
      rest = rest.object;
    } else {
      if (rest.type === 'Identifier') backwards.push([token(rest.name, rest), ...(called ? [words(called)] : [])]);
      break;
    }
  }
  return backwards.reduceRight<Piece[]>((all, one) => (all.length === 0 ? one : joined(all, one)), []);
}

/** `object.key`, or `object[key]` where the key comes in brackets. */
function joined(object: readonly Piece[], key: readonly Piece[]): Piece[] {
  return key[0]?.text.startsWith('[') ? [...object, ...key] : [...object, words('.'), ...key];
}

function keyPieces(key: Node | null, computed: boolean): Piece[] {
  if (key?.type === 'PrivateIdentifier') return [token(`#${key.name}`, key)];
  if (key?.type === 'Identifier' && !computed) return [token(key.name, key)];
  if (key?.type === 'Literal') {
    if (typeof key.value === 'number' && computed) return [words(`[${key.value}]`)];
    return [token(String(key.value), key)];
  }
  if (key?.type === 'MemberExpression') {
    const path = pathPieces(key, 2);
    if (path.length > 0) return [words('['), ...path, words(']')];
  }
  return [words('[…]')];
}

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
export function isIdentifier(text: string): boolean {
  return identifier.test(text);
}
