import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where flamegraph.pl may be: named by the user, on the PATH, or where Debian's libdevel-nytprof-perl has it. */
const places = [
  process.env.FLAMEGRAPH_PL,
  ...(process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'flamegraph.pl')),
  '/usr/share/perl5/Devel/NYTProf/flamegraph.pl',
];

/** Looks for flamegraph.pl and the perl that it needs; says what is missing and how to come by it. */
export function findFlamegraph() {
  const script = places.find((place) => place && existsSync(place));
  if (!script)
    return {
      problem:
        'no flamegraph.pl. Set FLAMEGRAPH_PL to the script of that name (Debian: apt-get install libdevel-nytprof-perl).',
    };
  return spawnSync('perl', ['-v']).status === 0 ? { script } : { problem: 'no perl.' };
}
