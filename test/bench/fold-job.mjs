/** Work for a real profile: formats a bundle of some size, as anyone's build might. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as prettier from 'prettier';

const folder = path.resolve(import.meta.dirname, '../../node_modules/vite/dist/node/chunks');
const bundles = readdirSync(folder).filter((name) => name.endsWith('.js'));
const [largest] = bundles
  .map((name) => readFileSync(path.join(folder, name), 'utf8'))
  .sort((a, b) => b.length - a.length);
await prettier.format(largest, { parser: 'babel', printWidth: 120 });
