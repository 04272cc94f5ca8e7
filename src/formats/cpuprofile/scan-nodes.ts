import { Column } from '../json/columns.ts';
import { ARRAY, OBJECT } from '../json/nesting.ts';
import { type JsonScanner, keysOf } from '../json/scanner.ts';
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
  readonly id: Int32Array;
}

/** In the order in which V8 writes them. */
const nodeKeys = keysOf('id', 'callFrame', 'hitCount', 'children', 'positionTicks', 'parent');
const frameKeys = keysOf('functionName', 'scriptId', 'url', 'lineNumber', 'columnNumber');

/** Bytes that a node takes at least: `{"id":1,"callFrame":{"functionName":""}},`. */
const LEAST_NODE = 41;

/** Reads the array of nodes. */
export class NodeScan {
  readonly #scanner: JsonScanner;
  readonly #callFrames: CallFrames;
  readonly #id = new Column();
  readonly #callFrame = new Column();
  readonly #childNode = new Column();
  readonly #childId = new Column();
  readonly #parentNode = new Column();
  readonly #parentId = new Column();
  readonly #mostChildren: number;

  constructor(scanner: JsonScanner) {
    this.#scanner = scanner;
    this.#callFrames = new CallFrames(scanner.bytes);
    this.#mostChildren = scanner.bytes.length / LEAST_NODE;
  }

  scan(): void {
    const scanner = this.#scanner;
    for (let more = scanner.open(ARRAY); more; more = scanner.next(ARRAY)) this.#node();
  }

  get columns(): ScannedNodes {
    return {
      id: this.#id.values,
      callFrame: this.#callFrame.values,
      callFrames: this.#callFrames,
      children: { node: this.#childNode.values, id: this.#childId.values },
      parents: { node: this.#parentNode.values, id: this.#parentId.values },
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

  #readChildren(): void {
    const scanner = this.#scanner;
    const node = this.#id.length;
    for (let more = scanner.open(ARRAY); more; more = scanner.next(ARRAY)) {
      this.#childId.push(readInteger(scanner, 0, 'a child'));
      this.#childNode.push(node);
      if (this.#childId.length > this.#mostChildren)
        throw scanner.error('nodes have more children than the file has room for');
    }
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
