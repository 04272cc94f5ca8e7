/**
 * One reading of a file in a process of its own: `node cpuprofile-job.mjs JSON.parse|flambe FILE BUNDLE`. Prints ms, the peak
 * of the process's memory in MB, and the total time of the profile in µs.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [how, file, bundle] = process.argv.slice(2);
const { readCpuProfile } = await import(pathToFileURL(bundle).href);
const bytes = readFileSync(file);

const begun = performance.now();
const read = how === 'flambe' ? readCpuProfile(bytes) : JSON.parse(bytes.toString('latin1'));
const took = performance.now() - begun;
const peak = peakMemory();
console.log(JSON.stringify({ took, peak, total: how === 'flambe' ? read.tree.total[0] : totalOf(read) }));

/** From the first sample to the end, with samples in order of time. */
function totalOf({ startTime, endTime, timeDeltas }) {
  let now = startTime;
  let first = Infinity;
  let last = endTime;
  for (const delta of timeDeltas) {
    now += delta;
    first = Math.min(first, now);
    last = Math.max(last, now);
  }
  return Math.round(last - first);
}

/** What the system counts for a process begins with what its parent took, except where Linux tells of the process alone. */
function peakMemory() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1000;
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1000;
}
