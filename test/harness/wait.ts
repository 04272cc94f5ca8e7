/**
 * Asks `condition` until it answers something truthy, and gives that answer. An error thrown on the way counts as "not
 * yet"; the last one is the cause of the error at the end of the time (ms).
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  { timeout = 20_000 }: { timeout?: number } = {},
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const end = Date.now() + timeout;
  let cause: unknown;
  do {
    try {
      const answer = await condition();
      if (answer) return answer as Exclude<T, false | null | undefined | 0 | ''>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  } while (Date.now() < end);
  throw new Error(`Waited ${timeout} ms in vain for ${what}`, { cause });
}
