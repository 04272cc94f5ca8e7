/** Imported first by every script: stops with one clear sentence on a Node that is too old. Runs on any Node with modules. */

/** Vite runs on 20.19 and later of Node 20, on 22.12 and later of Node 22, and on everything after that. */
export function nodeProblem(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (supported) return undefined;
  return `Flambe needs Node 20.19, 22.12 or newer; this is Node ${version}. Get one from https://nodejs.org.`;
}

const problem = nodeProblem(process.version);
if (problem) {
  console.error(problem);
  process.exit(1);
}
