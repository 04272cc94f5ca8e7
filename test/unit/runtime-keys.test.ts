import { expect, test } from 'vitest';
import { itemLabel } from '../../src/flamegraph/describe.ts';
import { boxOf, planOf, stretchOf, zoomOn } from '../../src/flamegraph/view.ts';
import { moveByKey } from '../../src/runtime/keys.ts';
import { treeOf } from './pictures.ts';

const tree = treeOf(`
  dispatch 100
    reduce 300
      clone 200
      freeze 90
      touch 6
      log 4
      trace 3
    notify 250
      render 50
`);
const plan = planOf(tree);
const nodeOf = (name: string) => tree.frame.findIndex((frame) => tree.frames.name[frame] === name);

function go(from: string, key: string, zoomedTo = 'dispatch'): string | null {
  const view = { ...stretchOf(plan, zoomOn(tree, nodeOf(zoomedTo))), width: 1000, minWidth: 5 };
  const to = moveByKey(key, plan, view, boxOf(plan, view, nodeOf(from)));
  return to && itemLabel(plan, to);
}

test.each([
  ['clone', 'ArrowUp', 'reduce'],
  ['dispatch', 'ArrowUp', 'dispatch'],
  ['dispatch', 'ArrowDown', 'reduce'],
  ['render', 'ArrowDown', 'render'],
  ['clone', 'ArrowRight', 'freeze'],
  ['freeze', 'ArrowLeft', 'clone'],
  ['clone', 'ArrowLeft', 'clone'],
  ['notify', 'ArrowLeft', 'reduce'],
  ['clone', 'End', '2 functions'],
  ['touch', 'Home', 'clone'],
  ['notify', 'Home', 'reduce'],
])('from %s, %s leads to %s', (from, key, to) => expect(go(from, key)).toBe(to));

test('boxes too narrow to be seen are one step, and one takes from them to their neighbours', () => {
  expect(go('touch', 'ArrowRight')).toBe('2 functions');
  expect(go('log', 'ArrowRight')).toBe('2 functions');
  expect(go('log', 'ArrowLeft')).toBe('touch');
});

test('in a zoomed view, what the view hides is out of reach, and the ancestors are within', () => {
  expect(go('notify', 'ArrowLeft', 'notify')).toBe('notify');
  expect(go('notify', 'ArrowUp', 'notify')).toBe('dispatch');
  expect(go('dispatch', 'ArrowDown', 'notify')).toBe('notify');
  expect(go('dispatch', 'End', 'notify')).toBe('dispatch');
});

test('other keys move nothing', () => expect(go('clone', 'a')).toBe(null));
