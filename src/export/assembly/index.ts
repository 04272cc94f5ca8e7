/**
 * Writes what an exported file has of each node. In AssemblyScript, as a file is written once: WebAssembly is fast from the
 * first box on, where JavaScript would not be compiled yet, and bytes need no garbage collector.
 */
import { end, reserve, take } from './bytes.ts';
import { setPadding, widths } from './labels.ts';
import { firstNodes, writeByFrame, writeInts, writeSteps, writeWholes } from './pack.ts';
import { composeFills, setFills, setLeading, setMeasures, writeRow } from './still.ts';
import { findTexts } from './texts.ts';
import { arrange, begin, collect, depth, frame, itemTimes, layOut, rows, samples, self, start, total } from './tree.ts';

export {
  arrange,
  begin,
  collect,
  composeFills,
  depth,
  end,
  findTexts,
  firstNodes,
  frame,
  itemTimes,
  layOut,
  reserve,
  rows,
  samples,
  self,
  setFills,
  setLeading,
  setMeasures,
  setPadding,
  start,
  take,
  total,
  widths,
  writeByFrame,
  writeInts,
  writeRow,
  writeSteps,
  writeWholes,
};
