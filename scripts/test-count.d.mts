/** What is used of Vitest's JSON report. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Counts the tests in Vitest's JSON report; a file or a run that failed as a whole counts as one failed test. */
export function countVitest(
  report: VitestReport | null,
  exitCode: number | null,
): { passed: number; failed: number; skipped: number };
