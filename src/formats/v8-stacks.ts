import type { ProfileBuilder } from '../profile/build.ts';
import { Column } from '../profile/column.ts';
import { type FrameIndex, FrameKind, type StackIndex } from '../profile/model.ts';
import { PairTable } from '../profile/pair-table.ts';
import type { CallFrame } from './call-frames.ts';
import { isPseudoFrame } from './pseudo-frames.ts';

const NONE = -1;
const HOOK_ITSELF = 1;
const ON_HOOK = 2;

/**
 * Takes V8's nodes into a profile's stacks. One object per V8 profile, since node ids are its own. Nodes that are taken are
 * numbered.
 */
export class V8Stacks {
  readonly #builder: ProfileBuilder;
  readonly #callFrames: readonly CallFrame[];
  readonly #hookUrl: string | null;
  readonly #hookFrames: Set<FrameIndex> | null;
  /** By call frame: right on the root, and elsewhere. */
  readonly #frameOnRoot: number[] = [];
  readonly #frameElsewhere: number[] = [];
  /** Ids, each paired with 0. */
  readonly #ids: PairTable;
  readonly #stack = Column.ints();
  readonly #callFrame = Column.ints();
  readonly #flags = Column.ints();
  #root = NONE;

  /**
   * `hookFrames` collects the frames whose script is `hookUrl`; with null these are left out, so that the stack of the hook is
   * that of its caller. A `hookUrl` of null where there is no hook. So many `nodes` are expected.
   */
  constructor(
    builder: ProfileBuilder,
    callFrames: readonly CallFrame[],
    hookUrl: string | null,
    hookFrames: Set<FrameIndex> | null,
    nodes = 0,
  ) {
    this.#ids = new PairTable(nodes);
    this.#builder = builder;
    this.#callFrames = callFrames;
    this.#hookUrl = hookUrl;
    this.#hookFrames = hookFrames;
  }

  /** V8 names parents first. A node whose parent was never named is not taken. The root has no parent (null). */
  add(id: number, parentId: number | null, callFrame: number): void {
    if (parentId === null) {
      this.#root = this.#take(id, callFrame, NONE, 0);
      return;
    }
    const parent = this.#ids.find(parentId, 0);
    if (parent === NONE) return;
    const below = this.#stack.at(parent);
    const isHook = (this.#callFrames[callFrame]!.url ?? '') === this.#hookUrl;
    if (isHook && this.#hookFrames === null) {
      this.#take(id, callFrame, below, HOOK_ITSELF);
      return;
    }
    const frame = this.#frameOf(callFrame, parent === this.#root);
    if (isHook) this.#hookFrames?.add(frame);
    const flags = isHook ? HOOK_ITSELF | ON_HOOK : this.#flags.at(parent) & ON_HOOK;
    this.#take(id, callFrame, this.#builder.stack(below, frame), flags);
  }

  /** The number of a node; -1 for one that was not taken. */
  nodeOf(id: number): number {
    return this.#ids.find(id, 0);
  }

  /** Of a node; -1 for the root. */
  stackOf(node: number): StackIndex {
    return this.#stack.at(node);
  }

  callFrameOf(node: number): CallFrame {
    return this.#callFrames[this.#callFrame.at(node)]!;
  }

  /** True if nothing but the hook itself runs there. */
  isHookItself(node: number): boolean {
    return (this.#flags.at(node) & HOOK_ITSELF) !== 0;
  }

  /** True if the hook, and so a call of the target, stands anywhere on the stack. */
  isOnHook(node: number): boolean {
    return (this.#flags.at(node) & ON_HOOK) !== 0;
  }

  /** An id that comes again stands for another node from then on. */
  #take(id: number, callFrame: number, stack: StackIndex, flags: number): number {
    const node = this.#ids.take(id, 0);
    this.#callFrame.put(node, callFrame);
    this.#stack.put(node, stack);
    this.#flags.put(node, flags);
    return node;
  }

  #frameOf(callFrame: number, isOnRoot: boolean): FrameIndex {
    const known = isOnRoot ? this.#frameOnRoot : this.#frameElsewhere;
    known[callFrame] ??= frameOf(this.#builder, this.#callFrames[callFrame]!, isOnRoot);
    return known[callFrame];
  }
}

function frameOf(builder: ProfileBuilder, callFrame: CallFrame, isOnRoot: boolean): FrameIndex {
  const { functionName: name, url = '', lineNumber = -1, columnNumber = -1 } = callFrame;
  const kind = kindOf(callFrame, isOnRoot);
  return builder.frame({ name, url, line: lineNumber + 1, column: columnNumber + 1, kind });
}

function kindOf(callFrame: CallFrame, onRoot: boolean): FrameKind {
  if (onRoot && !callFrame.url && isPseudoFrame(callFrame.functionName)) return FrameKind.engine;
  // Functions of the browser are JS to a trace too, of script 0.
  const isJs = callFrame.codeType === 'JS' && Number(callFrame.scriptId) !== 0;
  const hasScript = callFrame.url || isJs || (callFrame.lineNumber ?? -1) >= 0;
  return hasScript ? FrameKind.script : FrameKind.native;
}
