import type { ProfileBuilder } from '../profile/build.ts';
import { type FrameIndex, FrameKind, type StackIndex } from '../profile/model.ts';

/** V8's call tree nodes, as a trace's chunks and the Profiler domain both give them. Lines and columns are 0-based. */
export interface V8Node {
  readonly id: number;
  /** Missing at the root. */
  readonly parent?: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly scriptId?: string | number;
    readonly url?: string;
    readonly lineNumber?: number;
    readonly columnNumber?: number;
    /** `JS`, `other` …; only in traces. */
    readonly codeType?: string;
  };
}

/** Takes V8's nodes into a profile's stacks. One object per V8 profile, since node ids are its own. */
export class V8Stacks {
  readonly #builder: ProfileBuilder;
  readonly #hookUrl: string | null;
  readonly #stackById = new Map<number, StackIndex>();
  /** Node ids. */
  readonly #hookItself = new Set<number>();
  readonly #onHook = new Set<StackIndex>();
  readonly #hookFrames: Set<FrameIndex> | null;
  #root = -1;

  /**
   * `hookFrames` collects the frames whose script is `hookUrl`; with null these are left out, so that the stack of the hook is
   * that of its caller. A `hookUrl` of null where there is no hook.
   */
  constructor(builder: ProfileBuilder, hookUrl: string | null, hookFrames: Set<FrameIndex> | null) {
    this.#builder = builder;
    this.#hookUrl = hookUrl;
    this.#hookFrames = hookFrames;
  }

  /** V8 names parents first. A node whose parent was never named is not taken. */
  add(node: V8Node): void {
    const { parent, callFrame } = node;
    if (parent === undefined) {
      this.#root = node.id;
      this.#stackById.set(node.id, -1);
      return;
    }
    const below = this.#stackById.get(parent);
    if (below === undefined) return;
    const { url = '', lineNumber = -1, columnNumber = -1 } = callFrame;
    const isHook = url === this.#hookUrl;
    if (isHook) this.#hookItself.add(node.id);
    if (isHook && this.#hookFrames === null) {
      this.#stackById.set(node.id, below);
      return;
    }
    const frame = this.#builder.frame({
      name: callFrame.functionName,
      url,
      line: lineNumber + 1,
      column: columnNumber + 1,
      kind: kindOf(callFrame, parent === this.#root),
    });
    const stack = this.#builder.stack(below, frame);
    this.#stackById.set(node.id, stack);
    if (isHook) this.#hookFrames?.add(frame);
    if (isHook || this.#onHook.has(below)) this.#onHook.add(stack);
  }

  /** The stack of a node; -1 for the root, undefined for one that was not taken. */
  stackOf(id: number): StackIndex | undefined {
    return this.#stackById.get(id);
  }

  /** True if nothing but the hook itself runs there. */
  isHookItself(id: number): boolean {
    return this.#hookItself.has(id);
  }

  /** True if the hook, and so a call of the target, stands anywhere on the stack. */
  isOnHook(stack: StackIndex): boolean {
    return this.#onHook.has(stack);
  }
}

const pseudoFrames = new Set(['(program)', '(garbage collector)', '(idle)']);

function kindOf(callFrame: V8Node['callFrame'], onRoot: boolean): FrameKind {
  if (onRoot && !callFrame.url && pseudoFrames.has(callFrame.functionName)) return FrameKind.engine;
  // Functions of the browser are JS to a trace too, of script 0.
  const isJs = callFrame.codeType === 'JS' && Number(callFrame.scriptId) !== 0;
  const hasScript = callFrame.url || isJs || (callFrame.lineNumber ?? -1) >= 0;
  return hasScript ? FrameKind.script : FrameKind.native;
}
