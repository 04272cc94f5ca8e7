const pseudoFrames = new Set(['(program)', '(garbage collector)', '(idle)']);

/** Whether it is what V8 puts right on the root, under that name and without an address, when no function runs. */
export function isPseudoFrame(name: string): boolean {
  return pseudoFrames.has(name);
}
