import './node-version.mjs';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { findFlamegraph } from './flamegraph.mjs';
import { main } from './main.mjs';
import { root } from './run.mjs';
import { installPackages } from './setup.mjs';

/** `npm run test:peers` compares our graphs with those of other programs, as far as they are installed. */
await main(async () => {
  await installPackages();
  const { script, problem } = findFlamegraph();
  if (problem) {
    console.log(`Skipped: ${problem}`);
    return;
  }
  const args = [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'vitest.peers.config.ts'];
  const env = { ...process.env, FLAMEGRAPH_PL: script };
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
});
