/** Addresses of scripts and original sources, as people type and read them. Pure text: nothing is fetched. */

/**
 * Whether an address is what a person means by `typed`: all of it, or its end from a slash on. `store.js` and
 * `src/store.js` both mean `http://localhost/src/store.js?t=1`.
 */
export function sourceMatches(url: string, typed: string): boolean {
  if (url === typed) return true;
  const wanted = typed.replace(/^(?:\.{0,2}\/)+/, '');
  if (wanted === '') return false;
  const path = wanted.includes('?') ? url : withoutQuery(url);
  return path === wanted || path.endsWith(`/${wanted}`) || path.replace(/^\.\//, '') === wanted;
}

export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** The last part of an address. */
export function fileOf(url: string): string {
  const path = withoutQuery(url);
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * An address without what says nothing to a reader: `src/store.ts` for `webpack://app/./src/store.ts?1a2b`,
 * `react-dom/index.js` for one below `node_modules`.
 */
export function shortPath(url: string): string {
  if (/^(?:data|blob):/.test(url)) return url.slice(0, 40);
  const path = withoutQuery(url);
  const packaged = path.lastIndexOf('/node_modules/');
  if (packaged >= 0) return path.slice(packaged + '/node_modules/'.length);
  const local = path
    .replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*\/?/i, '')
    // What frameworks put before a path: Next's `(app-pages-browser)/`, Turbopack's `[project]/`, Vite's `/@fs/`.
    .replace(/^\/*(?:\([\w-]+\)|\[[\w-]+\]|@fs)\//, '')
    .replace(/^(?:\.{0,2}\/)+/, '');
  return local === '' ? url : local;
}

const afterNodeModules = /^(?:\.vite\/deps(?:_ssr)?\/)?((?:@[^/]+\/)?[^/]+)/;
const packageHosts: readonly RegExp[] = [
  /^https?:\/\/(?:www\.)?unpkg\.com\/((?:@[^/]+\/)?[^/@]+)/,
  /^https?:\/\/(?:cdn|fastly|esm)\.jsdelivr\.net\/(?:npm\/)?((?:@[^/]+\/)?[^/@]+)/,
  /^https?:\/\/(?:cdn\.)?esm\.sh\/(?:stable\/|v\d+\/|\*)?((?:@[^/]+\/)?[^/@]+)/,
  /^https?:\/\/cdnjs\.cloudflare\.com\/ajax\/libs\/([^/]+)/,
  /^https?:\/\/cdn\.skypack\.dev\/(?:-\/|pin\/)?((?:@[^/]+\/)?[^/@]+)/,
];

/** The package that a script or original source belongs to; null for the page's own code. */
export function packageOf(url: string): string | null {
  const path = withoutQuery(url);
  // pnpm keeps packages in folders of their own, each with a node_modules: the last one counts.
  const last = path.lastIndexOf('node_modules/');
  if (last > 0 ? path[last - 1] === '/' : last === 0) {
    const rest = path.slice(last + 'node_modules/'.length);
    const [, name] = afterNodeModules.exec(rest) ?? [];
    return name ? (rest.startsWith('.vite/') ? preBundled(name) : name) : null;
  }
  for (const host of packageHosts) {
    const [, name] = host.exec(path) ?? [];
    if (name) return name;
  }
  return null;
}

/** Vite flattens what is imported: `react-dom_client.js` is of react-dom, `@scope_name_part.js` of @scope/name. */
function preBundled(file: string): string | null {
  if (/^chunk-/.test(file)) return 'shared by packages';
  const parts = file.replace(/\.[cm]?js$/, '').split('_');
  return parts[0]!.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
}
