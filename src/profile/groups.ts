import { withGroupFrames } from './group-frames.ts';
import type { FrameIndex, FrameTable } from './model.ts';

/** What packages or scripts the frames of a table are of, and which are the user's own code. */
export interface FrameGroups {
  /** No two the same. */
  readonly names: readonly string[];
  /** Index into `names`; -1 for a frame of no group. */
  readonly groupByFrame: Int32Array;
  /** 1 for the user's own code. */
  readonly isMine: Uint8Array;
}

/** The groups of a table's frames, and of the rows that stand for groups themselves, which come after those. */
export class Grouping {
  readonly names: readonly string[];
  readonly #given: FrameTable;
  readonly #groups: FrameGroups;
  readonly #isMineByGroup: Uint8Array;

  constructor(given: FrameTable, groups: FrameGroups) {
    this.names = groups.names;
    this.#given = given;
    this.#groups = groups;
    this.#isMineByGroup = new Uint8Array(groups.names.length);
    for (const [frame, group] of groups.groupByFrame.entries())
      if (groups.isMine[frame] === 1) this.#isMineByGroup[group] = 1;
  }

  /** The table with a row for each group. */
  get frames(): FrameTable {
    return withGroupFrames(this.#given, this.names);
  }

  rowOf(group: number): FrameIndex {
    return this.#given.name.length + group;
  }

  groupOf(frame: FrameIndex): number {
    const rows = this.#given.name.length;
    return frame < rows ? (this.#groups.groupByFrame[frame] ?? -1) : frame - rows;
  }

  /** A group is mine if any of its frames is. */
  isMine(frame: FrameIndex): boolean {
    const group = frame - this.#given.name.length;
    return (group < 0 ? this.#groups.isMine[frame] : this.#isMineByGroup[group]) === 1;
  }
}
