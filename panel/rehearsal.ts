const ROUNDS = 25;

/**
 * Does what a worker is about to do some times over on something small, in the time in which it has nothing to do yet, so that
 * V8 has compiled it when the real thing comes: that takes half the time then. `isOver` ends it.
 */
export async function rehearse(play: () => void, isOver: () => boolean): Promise<void> {
  for (let round = 0; round < ROUNDS && !isOver(); round++) await scheduler.postTask(play, { priority: 'background' });
}
