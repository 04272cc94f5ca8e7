import { Column } from '../../profile/column.ts';
import { ARRAY, OBJECT } from '../json/nesting.ts';
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

const idHead = tokenOf('{"id":');
const callFrameHead = tokenOf(',"callFrame":');
const hitCountHead = tokenOf(',"hitCount":');
const HIT_COUNT = 2;
/** The first three of the keys. */
const HEAD = 0b111;

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
  #headId = NONE;
  #headCallFrame = NONE;

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
    let key = NONE;
    let had = 0;
    let more = true;
    if (this.#usualHead()) {
      id = this.#headId;
      callFrame = this.#headCallFrame;
      key = HIT_COUNT;
      had = HEAD;
      more = scanner.next(OBJECT);
    } else {
      scanner.at = place;
      more = scanner.open(OBJECT);
    }
    for (; more; more = scanner.next(OBJECT)) {
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

  /** Takes what V8 writes of a node first, if it is written so to the byte, and of a call frame that was met before. */
  #usualHead(): boolean {
    const scanner = this.#scanner;
    if (!scanner.token(idHead)) return false;
    this.#headId = readDigits(scanner);
    if (this.#headId === NONE || !scanner.token(callFrameHead)) return false;
    this.#headCallFrame = this.#callFrames.met(scanner.at);
    if (this.#headCallFrame === NONE) return false;
    scanner.at += this.#callFrames.lengthOf(this.#headCallFrame);
    return scanner.token(hitCountHead) && readDigits(scanner) !== NONE;
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
