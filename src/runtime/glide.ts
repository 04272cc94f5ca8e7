import type { View } from '../flamegraph/view.ts';

export type Stretch = Pick<View, 'from' | 'to'>;

/** Leads from one stretch to another, frame by frame; for people who want less motion in one step. */
export class Glide {
  readonly #reduced = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #onFrame: () => void;
  /** The stretch to be drawn now; null when there is no way to go. */
  now: Stretch | null = null;
  #frame = 0;

  /** `onFrame` is called for each frame after the first. */
  constructor(onFrame: () => void) {
    this.#onFrame = onFrame;
  }

  /**
   * Begins now, a little on the way already, so that what is drawn next shows it. To stand still is over
   * after the first frame.
   */
  begin(from: Stretch, to?: Stretch): void {
    this.end();
    // ms; to stand still for a frame takes half of one, for what comes next is drawn two frames from now.
    const duration = to ? (this.#reduced.matches ? 0 : 150) : 25;
    const begun = performance.now() - 1000 / 60;
    const move = () => {
      const done = Math.min((performance.now() - begun) / duration, 1);
      this.now = done < 1 ? (to ? mix(from, to, 1 - (1 - done) ** 3) : from) : null;
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

function mix(from: Stretch, to: Stretch, share: number): Stretch {
  const between = (a: number, b: number) => a + (b - a) * share;
  return { from: between(from.from, to.from), to: between(from.to, to.to) };
}
