/** Reads a profile once, in a process of its own: `node read.mjs READER FILE BUILT`. Prints what `Reading` in ../peers.ts says. */
import { readFile } from 'node:fs/promises';
import { readers } from './readers.mjs';

const [name, file, built] = process.argv.slice(2);
const { log } = console;
// Some peers speak as they read.
console.log = () => undefined;
const { read, total } = await readers[name](built);
const bytes = new Uint8Array(await readFile(file));
const start = performance.now();
const tree = await read(bytes);
const took = performance.now() - start;
const memory = await peakMemory();
log(JSON.stringify({ took, total: total(tree), memory }));

/** In bytes. What the system counts for a process begins with what its parent took, except where Linux tells of it alone. */
async function peakMemory() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s*(\d+) kB/.exec(await readFile('/proc/self/status', 'utf8'))[1]) * 1024;
}
