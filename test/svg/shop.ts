import { treeOf } from '../unit/pictures.ts';

/** A tree with every kind of box that a graph of an application has. */
export const shop = treeOf(`
  dispatch 1000 https://example.org/store.js:88
    reduce 3000 https://example.org/store.js:12
      clone 2000 https://example.org/clone.js:40
        keys 500 native
      freeze 900 https://example.org/clone.js:70
    notify 2500 https://example.org/store.js:120
      render 500 https://example.org/view.js:9
    (not sampled) 1000 notSampled
`);
