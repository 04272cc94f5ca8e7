import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Stage } from './ending-stage.ts';

/** Extensions that Flambe meets in people's browsers. */
export interface OtherExtension {
  readonly folder: string;
  url(file: string): string;
}

/** A stage in whose browser Flambe is not the only extension. */
export interface StageAmongOthers {
  readonly stage: Stage;
  /** For files of the test; it goes with the stage. */
  readonly folder: string;
  /** May use the debugger, and has a page to do that from. */
  readonly rival: OtherExtension;
  /** Puts a frame of its own into every page at localhost, as password managers do. */
  readonly stranger: OtherExtension;
  close(): Promise<void>;
}

export async function openStageAmongOthers(): Promise<StageAmongOthers> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'flambe-others-'));
  const rival = await writeRival(folder);
  const stranger = await writeStranger(folder);
  const stage = await Stage.open({ alongside: [rival.folder, stranger.folder] });
  return {
    stage,
    folder,
    rival,
    stranger,
    async close() {
      await stage.close();
      await rm(folder, { recursive: true });
    },
  };
}

function writeStranger(within: string): Promise<OtherExtension> {
  return write(path.join(within, 'stranger'), {
    manifest: {
      name: 'Stranger',
      content_scripts: [{ matches: ['http://localhost/*'], js: ['content.js'] }],
      web_accessible_resources: [{ matches: ['<all_urls>'], resources: ['frame.html'] }],
    },
    'content.js': `const frame = document.createElement('iframe');
      frame.title = 'Stranger';
      frame.src = chrome.runtime.getURL('frame.html');
      document.documentElement.append(frame);`,
    'frame.html': '<!doctype html><title>Frame</title>A frame of another extension',
  });
}

function writeRival(within: string): Promise<OtherExtension> {
  return write(path.join(within, 'rival'), {
    manifest: { name: 'Rival', permissions: ['debugger'] },
    'page.html': '<!doctype html><title>Rival</title>Another debugger',
  });
}

interface Files {
  readonly manifest: { readonly name: string; readonly [entry: string]: unknown };
  readonly [file: string]: unknown;
}

async function write(folder: string, { manifest, ...files }: Files): Promise<OtherExtension> {
  // The browser makes an extension's id of its key, and letters of the first digits of the hash.
  const key = Buffer.from(manifest.name);
  const digits = createHash('sha256').update(key).digest('hex').slice(0, 32);
  const id = digits.replace(/./g, (digit) => String.fromCharCode('a'.charCodeAt(0) + Number.parseInt(digit, 16)));
  const entries = { manifest_version: 3, version: '1', key: key.toString('base64'), ...manifest };
  await mkdir(folder);
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(entries));
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), String(text));
  return { folder, url: (file) => `chrome-extension://${id}/${file}` };
}
