import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder for the builds of the app, each of which is made when it is first wanted. */
    builtApps: string;
  }
}

/** Once for all projects. */
export default async function setUp({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const all = vitest.getRootProject();
  if ('builtApps' in all.getProvidedContext()) return undefined;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'flambe-apps-'));
  all.provide('builtApps', folder);
  return () => rm(folder, { recursive: true });
}
