import { Column } from '../../profile/column.ts';
import { ARRAY, OBJECT } from '../json/nesting.ts';
import { readNumbers } from '../json/numbers.ts';
import type { JsonScanner } from '../json/scanner.ts';
import { keysOf } from '../json/tokens.ts';
import { type Numbers, WideColumn } from '../json/wide-column.ts';
import { CallFrames } from './frames.ts';
import type { UsualForm } from './usual.ts';
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

/** Bytes that a node takes at least: `{"id":1,"callFrame":{"functionName":""}},`. */
const LEAST_NODE = 41;

/** Reads the array of nodes. */
export class NodeScan {
  readonly #scanner: JsonScanner;
  readonly #usual: UsualForm;
  readonly #columns;
  readonly #parentNode = Column.ints();
  readonly #parentId = Column.ints();
  readonly #mostChildren: number;

  constructor(scanner: JsonScanner, usual: UsualForm) {
    this.#scanner = scanner;
    this.#usual = usual;
    this.#columns = {
      id: Column.ints(),
      callFrame: Column.ints(),
      callFrames: new CallFrames(scanner.bytes),
      childNode: Column.ints(),
      childId: new WideColumn(),
    };
    this.#mostChildren = scanner.bytes.length / LEAST_NODE;
  }

  scan(): void {
    const scanner = this.#scanner;
    for (let more = scanner.open(ARRAY); more; more = scanner.next(ARRAY)) if (!this.#usualNodes()) this.#node();
  }

  get columns(): ScannedNodes {
    const { id, callFrame, callFrames, childNode, childId } = this.#columns;
    return {
      id: id.view,
      callFrame: callFrame.view,
      callFrames,
      children: { node: childNode.view, id: childId.values },
      parents: { node: this.#parentNode.view, id: this.#parentId.view },
    };
  }

  /** Takes nodes that are written as V8 does it; false if the next one is not. */
  #usualNodes(): boolean {
    const scanner = this.#scanner;
    const { childId } = this.#columns;
    const isTaken = this.#usual.takeNodes(scanner, this.#columns);
    if (childId.length > this.#mostChildren)
      throw scanner.error(`there are more than ${Math.floor(this.#mostChildren)} children`);
    return isTaken;
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
      this.#parentNode.push(this.#columns.id.length);
      this.#parentId.push(parent);
    }
    this.#columns.id.push(id);
    this.#columns.callFrame.push(callFrame);
  }

  #readChildren(): void {
    const { id, childNode, childId } = this.#columns;
    readNumbers(this.#scanner, childId, this.#mostChildren);
    while (childNode.length < childId.length) childNode.push(id.length);
  }

  /** Gives the row of the call frame that comes next. */
  #readCallFrame(): number {
    const scanner = this.#scanner;
    scanner.peek();
    const place = scanner.at;
    const known = this.#usual.takeKnownCallFrame(scanner);
    if (known !== NONE) return known;
    const frame = { nameStart: NONE, nameEnd: 0, urlStart: 0, urlEnd: 0, line: 0, column: 0 };
    for (let more = scanner.open(OBJECT), key = NONE, had = 0; more; more = scanner.next(OBJECT)) {
      key = scanner.key(frameKeys, key);
      had = scanner.once(key, had);
      switch (key) {
        case 0:
          scanner.string();
          frame.nameStart = scanner.textStart;
          frame.nameEnd = scanner.textEnd;
          break;
        case 2:
          scanner.string();
          frame.urlStart = scanner.textStart;
          frame.urlEnd = scanner.textEnd;
          break;
        case 3:
          frame.line = readInteger(scanner, -1, 'lineNumber') + 1;
          break;
        case 4:
          frame.column = readInteger(scanner, -1, 'columnNumber') + 1;
          break;
        default:
          scanner.skip();
      }
    }
    if (frame.nameStart === NONE) throw scanner.error('a callFrame has no functionName', place);
    const row = this.#columns.callFrames.add(frame);
    this.#usual.keepCallFrame(place, scanner.at, row);
    return row;
  }
}
