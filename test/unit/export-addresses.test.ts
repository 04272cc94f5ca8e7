import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutAddresses } from '../../src/export/addresses.ts';
import { unpackGraph } from '../../src/flamegraph/pack.ts';
import { FrameKind } from '../../src/profile/model.ts';
import { packedText, svgOf } from './exported.ts';
import { facts, graphOf } from './facts.ts';
import { buildTree } from './pictures.ts';

/** A tree whose every text has an address in it, below `host` and `folder`. */
function telling(host: string, folder: string) {
  const base = `https://${host}:8443/${folder}`;
  return graphOf(
    buildTree({
      name: `run (${base}/app.js:3:1)`,
      self: 10,
      url: `${base}/app.js?token=${folder}#${folder}`,
      children: [
        { name: 'inner', self: 20, url: `webpack://${host}/./${folder}/store.ts?${folder}` },
        { name: 'file', self: 30, url: `file:///home/${folder}/main.js` },
        { name: 'disk', self: 5, url: `C:\\${folder}\\main.js` },
        { name: `${folder}/store.ts`, self: 40, kind: FrameKind.group },
        { name: 'made', self: 7, url: `blob:${base}/1234` },
        { name: 'typed', self: 8, url: `data:text/javascript,${folder}` },
        { name: 'bare', self: 9, url: `https://${host}` },
      ],
    }),
    { ...facts, target: `${base}/app.js:3:1`, pageUrl: `${base}/index.html?${folder}` },
  );
}

test('of addresses, names of files are left', () => {
  const { tree, facts } = withoutAddresses(telling('intra.example.org', 'clients'));
  const { name, url } = tree.frames;
  const urls = Object.fromEntries(name.map((one, frame) => [one, url[frame]]));
  expect(urls).toEqual({
    'run (app.js:3:1)': 'app.js',
    inner: 'store.ts',
    file: 'main.js',
    disk: 'main.js',
    'store.ts': '',
    made: 'blob:',
    typed: 'data:',
    bare: '',
  });
  expect([facts.target, facts.pageUrl]).toEqual(['app.js:3:1', 'index.html']);
});

test('nothing of hosts and folders is anywhere in the file', () => {
  const word = fc.stringMatching(/^[a-z]{12}$/);
  fc.assert(
    fc.property(word, word, (host, folder) => {
      const svg = svgOf(withoutAddresses(telling(`${host}.example`, folder)));
      expect(svg.includes(host)).toBe(false);
      expect(svg.includes(folder)).toBe(false);
      expect(svg).toContain('store.ts');
    }),
  );
});

test('a target that is no address stays, and one that has an address in it keeps the rest', () => {
  const targetOf = (target: string) =>
    withoutAddresses({ ...telling('a.example', 'b'), facts: { ...facts, target } }).facts.target;
  for (const target of ['app.store.dispatch', 'list[0]', 'a / b', 'app["x/y"]', 'rank (rank.ts:12)'])
    expect(targetOf(target)).toBe(target);
  expect(targetOf('load("https://a.example/b/c.json").then')).toBe('load("c.json").then');
  expect(targetOf('src/model/store.js:88')).toBe('store.js:88');
});

test('colours stay, though they go by addresses', () => {
  const graph = telling('a.example', 'b');
  const short = withoutAddresses(graph);
  const read = unpackGraph(packedText(short));
  for (const node of graph.tree.frame.keys()) {
    expect(short.paint(short, node)).toEqual(graph.paint(graph, node));
    expect(read.paint(read, node)).toEqual(graph.paint(graph, node));
  }
});
