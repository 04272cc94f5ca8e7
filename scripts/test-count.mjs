/**
 * Counts the tests in Vitest's JSON report. A file that could not run counts as one failed test, and so does a run that
 * failed as a whole (no report, an error outside of any test).
 */
export function countVitest(report, exitCode) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const file of report?.testResults ?? []) {
    for (const { status } of file.assertionResults) {
      if (status === 'passed') count.passed += 1;
      else if (status === 'failed') count.failed += 1;
      else count.skipped += 1;
    }
    const toldWhy = file.assertionResults.some(({ status }) => status === 'failed');
    if (file.status === 'failed' && !toldWhy) count.failed += 1;
  }
  if (exitCode !== 0 && count.failed === 0) count.failed = 1;
  return count;
}
