import { batch, type Signal, signal } from '@preact/signals';
import type { Plan, Whole } from '../src/flamegraph/view.ts';
import type { Edit } from '../src/profile/edits.ts';
import { type CallTree, type FrameIndex, FrameKind, type FrameTable, type Microseconds } from '../src/profile/model.ts';
import type { Timeline } from '../src/profile/timeline.ts';
import { frameGroups } from './frame-groups.ts';
import type { Look, ViewKind } from './look.ts';
import { saveSettings } from './settings.ts';
import { planOf, surveyOf } from './surveys.ts';
import { TreeClient } from './tree-client.ts';
import type { Subject, View, Wish } from './tree-views.ts';

/** A tree that is looked at. */
export interface Sight {
  /** What it was made of. Trees of the same number their frames in the same way. */
  readonly capture: object;
  /** Of a call, or of all; its frames as they are to be shown. */
  readonly tree: CallTree;
  /** The clocked time of the calls, of which the tree may be a part. */
  readonly whole: Microseconds;
  readonly of: Whole;
  /** Made when a chart is asked for; null where no samples are. */
  readonly timeline: (() => Timeline) | null;
}

/** What is drawn. */
export interface Shown {
  readonly sight: Sight;
  /** In force. */
  readonly edits: readonly Edit[];
  readonly look: Look;
  /** One, or for a sandwich the callers and the callees; none where nothing is left to draw. */
  readonly plans: readonly Plan[];
  /** Of each edit whether it applied. */
  readonly applied: readonly boolean[];
}

/** What is made of a call tree: which view, after which edits, in which order. */
export class GraphViews {
  readonly look: Signal<Look>;
  /** In force, one after the other. */
  readonly edits = signal<readonly Edit[]>([]);
  readonly shown = signal<Shown | null>(null);
  /** Why the last view could not be made. */
  readonly problem = signal<string | null>(null);
  readonly #client = new TreeClient();
  #sight: Sight | null = null;
  #subject: Subject | null = null;
  /** The function of a sandwich, once one was chosen or shown. */
  #frame: FrameIndex | null = null;

  constructor(look: Look) {
    this.look = signal(look);
  }

  /** Shows another tree; the edits go if it is not of the same capture. */
  see(sight: Sight): void {
    const isOther = sight.capture !== this.#sight?.capture;
    this.#sight = sight;
    this.#subject = null;
    if (isOther) {
      this.edits.value = [];
      this.shown.value = null;
      this.#frame = null;
    }
    this.#show();
  }

  change(look: Partial<Look>): void {
    this.look.value = { ...this.look.value, ...look };
    void saveSettings({ look: this.look.value });
    this.#show();
  }

  /** Shows the callers and the callees of a function. */
  sandwich(frame: FrameIndex): void {
    this.#frame = frame;
    this.change({ view: 'sandwich' });
  }

  edit(edit: Edit): void {
    this.#keep([...this.edits.value, edit]);
  }

  /** Puts an edit that needs no place in force, or takes it out from among the others. */
  toggle(edit: Edit): void {
    const others = this.edits.value.filter(({ kind }) => kind !== edit.kind);
    this.#keep(others.length < this.edits.value.length ? others : [...others, edit]);
  }

  /** Takes back all but the first so many edits. */
  keepEdits(count: number): void {
    this.#keep(this.edits.value.slice(0, count));
  }

  #keep(edits: readonly Edit[]): void {
    this.edits.value = edits;
    this.#show();
  }

  #show(): void {
    const sight = this.#sight;
    if (!sight) return;
    const look = this.look.value;
    const edits = this.edits.value;
    const kind = wishedKind(look.view);
    if (kind === 'merged' && look.order === 'time' && edits.length === 0) {
      this.#client.forget();
      this.#finish(sight, edits, { trees: [{ tree: sight.tree }], applied: [] });
      return;
    }
    const { tree } = sight;
    if (!this.#subject || (kind === 'chart' && sight.timeline && !this.#subject.timeline))
      this.#subject = {
        tree,
        groups: frameGroups(tree.frames),
        timeline: (kind === 'chart' && sight.timeline?.()) || null,
      };
    const how = { edits, order: look.order };
    const wish: Wish = kind === 'sandwich' ? { kind, ...how, frame: this.#inTheMiddle(tree) } : { kind, ...how };
    this.#client.view(this.#subject, wish).then(
      (view) => view && this.#finish(sight, edits, view),
      (error: Error) => {
        console.error(error);
        this.problem.value = error.message;
      },
    );
  }

  /** The function of a sandwich: the one that was chosen last, or else the hottest one. */
  #inTheMiddle(tree: CallTree): FrameIndex {
    this.#frame ??= hottest(tree);
    return this.#frame;
  }

  #finish(sight: Sight, edits: readonly Edit[], { trees, applied }: View): void {
    batch(() => {
      this.problem.value = null;
      this.shown.value = {
        sight,
        edits,
        look: this.look.value,
        plans: trees.map(({ tree }) => planOf(tree, sight)),
        applied,
      };
    });
  }
}

function wishedKind(view: ViewKind): Wish['kind'] {
  switch (view) {
    case 'icicle':
    case 'flame graph':
    case 'functions':
      return 'merged';
    case 'flame chart':
      return 'chart';
    case 'sandwich':
    case 'bottom-up':
      return view;
    default:
      return view satisfies never;
  }
}

/** The function with the most time of its own. */
function hottest(tree: CallTree): FrameIndex {
  const { self } = surveyOf(tree).byFrame;
  const timeOf = (frame: FrameIndex) => (isFunction(tree.frames, frame) ? self[frame]! : 0);
  return self.reduce((best, _, frame) => (timeOf(frame) > timeOf(best) ? frame : best), tree.frame[0]!);
}

function isFunction({ kind }: FrameTable, frame: FrameIndex): boolean {
  return kind[frame] === FrameKind.script || kind[frame] === FrameKind.native;
}
