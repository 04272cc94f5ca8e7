/** Where the extension is built to; what "Load unpacked" takes. */
export const dist: string;
/** Builds the extension into `dist`. Needs the packages. */
export function buildExtension(options?: { say?: (line: string) => void }): Promise<void>;
