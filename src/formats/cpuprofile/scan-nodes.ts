import { Column } from '../../profile/column.ts';
import { ARRAY, CLOSING, OBJECT } from '../json/nesting.ts';
import { readDigits, readNumbers } from '../json/numbers.ts';
import type { JsonScanner } from '../json/scanner.ts';
import { keysOf, tokenOf } from '../json/tokens.ts';
import { type Numbers, WideColumn } from '../json/wide-column.ts';
import { CallFrames, Field, NAME_ESCAPED, URL_ESCAPED } from './frames.ts';
import { NONE, readInteger } from './values.ts';

/** The nodes of a file, by their places in it. */
export interface ScannedNodes {
  readonly id: Int32Array;
  /** Row of {@link callFrames}. */
  readonly callFrame: Int32Array;
  readonly callFrames: CallFrames;
  /** What `children` says: a node's place, and the id of a child. */
  readonly children: Pairs;
  /** What `parent` says: a node's place, and the id of its parent. */
  readonly parents: Pairs;
}

export interface Pairs {
  readonly node: Int32Array;
  /** Ids of nodes, as they should be. */
  readonly id: Numbers;
}

/** In the order in which V8 writes them. */
const nodeKeys = keysOf('id', 'callFrame', 'hitCount', 'children', 'positionTicks', 'parent');
const frameKeys = keysOf('functionName', 'scriptId', 'url', 'lineNumber', 'columnNumber');

/** What stands between the numbers and the call frame of a node, as V8 writes it. */
const idHead = tokenOf('{"id":');
const callFrameHead = tokenOf(',"callFrame":');
const hitCountHead = tokenOf(',"hitCount":');
const childrenHead = tokenOf(',"children":[');
const ticksHead = tokenOf(',"positionTicks":[');
const lineHead = tokenOf('{"line":');
const lineTicksHead = tokenOf(',"ticks":');
const COMMA = 0x2c;

/** Bytes that a node takes at least: `{"id":1,"callFrame":{"functionName":""}},`. */
const LEAST_NODE = 41;

/** Reads the array of nodes. */
export class NodeScan {
  readonly #scanner: JsonScanner;
  readonly #callFrames: CallFrames;
  readonly #id = Column.ints();
  readonly #callFrame = Column.ints();
  readonly #childNode = Column.ints();
  readonly #childId = new WideColumn();
  readonly #parentNode = Column.ints();
  readonly #parentId = Column.ints();
  readonly #mostChildren: number;

  constructor(scanner: JsonScanner) {
    this.#scanner = scanner;
    this.#callFrames = new CallFrames(scanner.bytes);
    this.#mostChildren = scanner.bytes.length / LEAST_NODE;
  }

  scan(): void {
    const scanner = this.#scanner;
    for (let more = scanner.open(ARRAY); more; more = scanner.next(ARRAY)) {
      const place = scanner.at;
      if (this.#usualNode()) continue;
      scanner.at = place;
      this.#dropChildren();
      this.#node();
    }
  }

  get columns(): ScannedNodes {
    return {
      id: this.#id.view,
      callFrame: this.#callFrame.view,
      callFrames: this.#callFrames,
      children: { node: this.#childNode.view, id: this.#childId.values },
      parents: { node: this.#parentNode.view, id: this.#parentId.view },
    };
  }

  #node(): void {
    const scanner = this.#scanner;
    scanner.peek();
    const place = scanner.at;
    let id = NONE;
    let callFrame = NONE;
    let parent = NONE;
    for (let more = scanner.open(OBJECT), key = NONE, had = 0; more; more = scanner.next(OBJECT)) {
      key = scanner.key(nodeKeys, key);
      had = scanner.once(key, had);
      switch (key) {
        case 0:
          id = readInteger(scanner, 0, 'the id of a node');
          break;
        case 1:
          callFrame = this.#readCallFrame();
          break;
        case 3:
          this.#readChildren();
          break;
        case 5:
          parent = readInteger(scanner, 0, 'the parent of a node');
          break;
        default:
          scanner.skip();
      }
    }
    if (id === NONE) throw scanner.error('a node has no id', place);
    if (callFrame === NONE) throw scanner.error('a node has no callFrame', place);
    if (parent !== NONE) {
      this.#parentNode.push(this.#id.length);
      this.#parentId.push(parent);
    }
    this.#id.push(id);
    this.#callFrame.push(callFrame);
  }

  /**
   * Takes a node that is written as V8 does it, to the byte, with a call frame that was met before, as nearly all are.
   * Where anything else comes it gives up, wherever that is, and the node is to be read with care. Small, and made of small
   * functions: most files are read before V8 has compiled larger ones.
   */
  #usualNode(): boolean {
    const scanner = this.#scanner;
    if (!scanner.token(idHead)) return false;
    const id = readDigits(scanner);
    if (id < 0 || !scanner.token(callFrameHead)) return false;
    const callFrame = this.#callFrames.met(scanner.at);
    if (callFrame === NONE) return false;
    scanner.at += this.#callFrames.lengthOf(callFrame);
    if (!scanner.token(hitCountHead) || readDigits(scanner) < 0) return false;
    const { bytes } = scanner;
    if (bytes[scanner.at] === COMMA && scanner.token(childrenHead) && !this.#usualChildren()) return false;
    if (bytes[scanner.at] === COMMA && scanner.token(ticksHead) && !skipUsualTicks(scanner)) return false;
    if (bytes[scanner.at] !== OBJECT + CLOSING) return false;
    scanner.at++;
    this.#id.push(id);
    this.#callFrame.push(callFrame);
    return true;
  }

  #usualChildren(): boolean {
    const scanner = this.#scanner;
    const { bytes } = scanner;
    const node = this.#id.length;
    for (;;) {
      const child = readDigits(scanner);
      if (child < 0) return false;
      this.#childNode.push(node);
      this.#childId.push(child);
      const byte = bytes[scanner.at++];
      if (byte !== COMMA) return byte === ARRAY + CLOSING && this.#childId.length <= this.#mostChildren;
    }
  }

  /** Forgets the children of the node that is being read. */
  #dropChildren(): void {
    let count = this.#childNode.length;
    while (count > 0 && this.#childNode.at(count - 1) === this.#id.length) count--;
    this.#childNode.resize(count);
    this.#childId.cut(count);
  }

  #readChildren(): void {
    readNumbers(this.#scanner, this.#childId, this.#mostChildren);
    while (this.#childNode.length < this.#childId.length) this.#childNode.push(this.#id.length);
  }

  #readCallFrame(): number {
    const scanner = this.#scanner;
    const frames = this.#callFrames;
    scanner.peek();
    const place = scanner.at;
    const known = frames.met(place);
    if (known !== NONE) {
      scanner.at += frames.lengthOf(known);
      return known;
    }
    let nameStart = NONE;
    let nameEnd = 0;
    let urlStart = 0;
    let urlEnd = 0;
    let line = 0;
    let column = 0;
    let isNameEscaped = false;
    let isUrlEscaped = false;
    for (let more = scanner.open(OBJECT), key = NONE, had = 0; more; more = scanner.next(OBJECT)) {
      key = scanner.key(frameKeys, key);
      had = scanner.once(key, had);
      switch (key) {
        case 0:
          scanner.string();
          nameStart = scanner.textStart;
          nameEnd = scanner.textEnd;
          isNameEscaped = scanner.isEscaped;
          break;
        case 2:
          scanner.string();
          urlStart = scanner.textStart;
          urlEnd = scanner.textEnd;
          isUrlEscaped = scanner.isEscaped;
          break;
        case 3:
          line = readInteger(scanner, -1, 'lineNumber') + 1;
          break;
        case 4:
          column = readInteger(scanner, -1, 'columnNumber') + 1;
          break;
        default:
          scanner.skip();
      }
    }
    if (nameStart === NONE) throw scanner.error('a callFrame has no functionName', place);
    frames.set(Field.nameStart, nameStart);
    frames.set(Field.nameEnd, nameEnd);
    frames.set(Field.urlStart, urlStart);
    frames.set(Field.urlEnd, urlEnd);
    frames.set(Field.line, line);
    frames.set(Field.column, column);
    frames.set(Field.escapes, (isNameEscaped ? NAME_ESCAPED : 0) + (isUrlEscaped ? URL_ESCAPED : 0));
    return frames.take(place, scanner.at);
  }
}

function skipUsualTicks(scanner: JsonScanner): boolean {
  const { bytes } = scanner;
  for (;;) {
    if (!scanner.token(lineHead) || readDigits(scanner) < 0) return false;
    if (!scanner.token(lineTicksHead) || readDigits(scanner) < 0) return false;
    if (bytes[scanner.at++] !== OBJECT + CLOSING) return false;
    const byte = bytes[scanner.at++];
    if (byte !== COMMA) return byte === ARRAY + CLOSING;
  }
}
