/** The part of a file that is looked at. */

/** Bytes of a file that the window holds. */
export const WINDOW: i32 = 1 << 17;
/** Zeros behind what is there of the file. */
const SLACK: i32 = 64;

export const start = memory.data(WINDOW + SLACK, 16);
