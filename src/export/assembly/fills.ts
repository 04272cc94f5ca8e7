/** The colours of boxes, `#rrggbb` each. */
import { putBytes } from './bytes.ts';
import { intOf } from './tree.ts';

const LENGTH: usize = 7;

/** They stand one after the other. */
let text: usize = 0;
export let fillCount: i32 = 0;
/** Column of places among them, by node or by frame. */
export let fillPlaces: usize = 0;
export let areOfNodes: bool = false;

export function setFills(at: usize, count: i32, places: usize, ofNodes: bool): void {
  text = at;
  fillCount = count;
  fillPlaces = places;
  areOfNodes = ofNodes;
}

export function fillOf(node: i32, frame: i32): i32 {
  return intOf(fillPlaces, areOfNodes ? node : frame);
}

export function putFill(fill: i32): void {
  putBytes(text + LENGTH * fill, LENGTH);
}
