import path from 'node:path';
import type { Launched } from './launch.ts';
import { waitFor } from './wait.ts';

export interface Downloads {
  /** Waits for the next complete download and gives its path; its name is the one that the page chose. */
  next(): Promise<string>;
}

/** Lets every page of the browser, DevTools' panels too, save files into `folder` from now on. */
export async function catchDownloads({ browserCdp }: Launched, folder: string): Promise<Downloads> {
  const names = new Map<string, string>();
  const complete: string[] = [];
  browserCdp.on('Browser.downloadWillBegin', ({ guid, suggestedFilename }) => names.set(guid, suggestedFilename));
  browserCdp.on('Browser.downloadProgress', ({ guid, state, filePath }) => {
    const name = names.get(guid);
    if (state === 'completed' && name) complete.push(filePath || path.join(folder, name));
  });
  await browserCdp.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: path.resolve(folder),
    eventsEnabled: true,
  });
  return { next: () => waitFor('a download', () => complete.shift()) };
}
