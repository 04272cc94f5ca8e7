/**
 * Writes what an exported file has of each node. In AssemblyScript, as a file is written once: WebAssembly is fast from the
 * first box on, where JavaScript would not be compiled yet, and bytes need no garbage collector.
 */
import { end, reserve, take } from './bytes.ts';
import { setFills } from './fills.ts';
import { setPadding, widths } from './labels.ts';
import {
  findUsed,
  rank,
  used,
  writeFillPlaces,
  writeFills,
  writeFrames,
  writeInts,
  writeOfUsed,
  writeSteps,
  writeWholes,
} from './pack.ts';
import { compose, setLeading, setMeasures, setPlaces, setTones, writeRow } from './still.ts';
import { findTexts } from './texts.ts';
import {
  begin,
  collect,
  depth,
  firstNode,
  frame,
  itemTimes,
  layOut,
  rowCount,
  samples,
  self,
  start,
  total,
} from './tree.ts';

export {
  begin,
  collect,
  compose,
  depth,
  end,
  findTexts,
  findUsed,
  firstNode,
  frame,
  itemTimes,
  layOut,
  rank,
  reserve,
  rowCount,
  samples,
  self,
  setFills,
  setLeading,
  setMeasures,
  setPadding,
  setPlaces,
  setTones,
  start,
  take,
  total,
  used,
  widths,
  writeFillPlaces,
  writeFills,
  writeFrames,
  writeInts,
  writeOfUsed,
  writeRow,
  writeSteps,
  writeWholes,
};
