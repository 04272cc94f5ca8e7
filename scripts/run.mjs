import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/**
 * Runs a command and keeps its output to itself; every 10 s a line says that it is still at it.
 * @param {string} command One line for the shell, or with `args` a program that is started without one.
 * @returns {Promise<{code: number, output: string}>} Output is stdout and stderr together; code -1 when it never started.
 */
export function run(command, { args = undefined, cwd = root, env = {}, say = console.log } = {}) {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] };
    const child = args ? spawn(command, args, options) : spawn(command, { ...options, shell: true });
    const started = Date.now();
    const clock = setInterval(() => say(`  … ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output += text;
      });
    }
    const finish = (code) => {
      clearInterval(clock);
      resolve({ code, output });
    };
    child.on('error', (error) => {
      output += error.message;
      finish(-1);
    });
    child.on('close', (code) => finish(code ?? -1));
  });
}

/** Runs a JavaScript program with this Node, so that no shell and no `.cmd` file of Windows stands between. */
export function runNode(script, args, options = {}) {
  return run(process.execPath, { ...options, args: [path.join(root, script), ...args] });
}

/** Why a command failed, in one line of its own: the first that speaks of an error, else the last that is not indented. */
export function reasonIn(output) {
  const lines = output.split(/\r?\n/).filter((line) => /^\S/.test(line));
  return lines.find((line) => /^(\w*Error|E|fatal):/i.test(line)) ?? lines.at(-1) ?? '';
}
