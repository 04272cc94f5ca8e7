import { type ESTree, isParseError, parse } from 'meriyah';

export type Node = ESTree.Node;

/** Why a text gives no tree, in words for people. */
export interface Unreadable {
  readonly error: string;
}

/**
 * Reads a script as V8 would, or more leniently: what the page runs has been accepted already, so neither redeclared names
 * nor patterns of regular expressions are checked. `module` left out, it is tried as a script and then as a module.
 */
export function readSyntax(text: string, module?: boolean): ESTree.Program | Unreadable {
  const lenient = { next: true, ranges: { start: true, end: true }, validateRegex: false, lexical: false } as const;
  const asScript = () => parse(text, { ...lenient, sourceType: 'script', webcompat: true, globalReturn: true });
  const asModule = () => parse(text, { ...lenient, sourceType: 'module' });
  if (module !== undefined) return attempt(module ? asModule : asScript);
  const script = attempt(asScript);
  if (!('error' in script)) return script;
  const either = attempt(asModule);
  return 'error' in either ? script : either;
}

function attempt(read: () => ESTree.Program): ESTree.Program | Unreadable {
  try {
    return read();
  } catch (error) {
    // The parser descends by recursion.
    if (error instanceof RangeError) return { error: 'The script is nested too deeply to be read' };
    return { error: `The script could not be read: ${isParseError(error) ? error.message : String(error)}` };
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Hands on the nodes right below one. By `in`, as lists of an object's values would be most of the work. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  const fields = node as unknown as Record<string, unknown>;
  for (const key in fields) {
    const value = fields[key];
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const entry of value as unknown[]) if (isNode(entry)) visit(entry);
    } else if (isNode(value)) visit(value);
  }
}

const blank = /(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*/y;
const word = /async\b|function\b|\*/y;

/** Offset of the parenthesis that opens a function's parameters, past its words and its name. */
export function openingParenthesis(
  text: string,
  { start, id }: ESTree.FunctionDeclaration | ESTree.FunctionExpression,
) {
  let at = (id ? id.end : start)!;
  for (;;) {
    at = skip(blank, text, at);
    const next = skip(word, text, at);
    if (next === at) return at;
    at = next;
  }
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}
