import './node-version.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { main } from './main.mjs';
import { root } from './run.mjs';
import { installPackages } from './setup.mjs';

/** Where flamegraph.pl may be: named by the user, on the PATH, or where Debian's libdevel-nytprof-perl has it. */
const places = [
  process.env.FLAMEGRAPH_PL,
  ...(process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'flamegraph.pl')),
  '/usr/share/perl5/Devel/NYTProf/flamegraph.pl',
];

/** `npm run test:peers` compares our graphs with those of other programs, as far as they are installed. */
await main(async () => {
  await installPackages();
  const flamegraph = places.find((place) => place && existsSync(place));
  const hasPerl = spawnSync('perl', ['-v']).status === 0;
  if (!flamegraph || !hasPerl) {
    console.log(
      `Skipped: ${hasPerl ? 'no flamegraph.pl' : 'no perl'}. Set FLAMEGRAPH_PL to the script of that name (Debian: apt-get install libdevel-nytprof-perl).`,
    );
    return;
  }
  const args = [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'vitest.peers.config.ts'];
  const env = { ...process.env, FLAMEGRAPH_PL: flamegraph };
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
});
