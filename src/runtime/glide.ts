import type { View } from '../flamegraph/view.ts';

export type Stretch = Pick<View, 'from' | 'to'>;

/** Leads from one stretch to another, frame by frame; for people who want less motion in one step. */
export class Glide {
  readonly #reduced: MediaQueryList;
  readonly #onFrame: () => void;
  /** The stretch to be drawn now; null when there is no way to go. */
  now: Stretch | null = null;
  /** Whether the way leads anywhere else. */
  leads = false;
  #frame = 0;

  /** `onFrame` is called for each frame after the first. */
  constructor(within: Element, onFrame: () => void) {
    this.#reduced = within.ownerDocument.defaultView!.matchMedia('(prefers-reduced-motion: reduce)');
    this.#onFrame = onFrame;
  }

  /**
   * Begins now, a little on the way already, so that what is drawn next shows it. To stand still is over
   * after the first frame.
   */
  begin(from: Stretch, to = from): void {
    this.end();
    this.leads = from !== to;
    // ms; to stand still for a frame takes half of one, for what comes next is drawn two frames from now.
    const duration = this.leads ? (this.#reduced.matches ? 0 : 150) : 25;
    const begun = performance.now() - 1000 / 60;
    const move = () => {
      const done = Math.min((performance.now() - begun) / duration, 1);
      const eased = 1 - (1 - done) ** 3;
      this.now = done < 1 ? { from: mix(from.from, to.from, eased), to: mix(from.to, to.to, eased) } : null;
    };
    const goOn = () => {
      move();
      if (this.now) this.#frame = requestAnimationFrame(goOn);
      this.#onFrame();
    };
    move();
    // The frame that comes first shows what is drawn now, and is not drawn twice.
    this.#frame = requestAnimationFrame(() => {
      this.#frame = requestAnimationFrame(goOn);
    });
  }

  end(): void {
    cancelAnimationFrame(this.#frame);
    this.now = null;
  }
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
