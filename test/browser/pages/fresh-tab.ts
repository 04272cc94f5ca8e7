import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type AttachedSession, attach } from '../../harness/cdp.ts';
import { openStage, type Stage } from './stage.ts';

/** What the test that is running has. */
export interface FreshTab {
  readonly stage: Stage;
  readonly page: Page;
  /** May do what an extension may. */
  readonly session: AttachedSession;
}

/** Gives each test of a file a new tab with a page of this folder; they share a browser. */
export function freshTabs(name: string): FreshTab {
  let stage: Stage;
  let page: Page;
  let session: AttachedSession;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    page = await stage.open(name);
    session = await attach(page, { trusted: false });
  });
  afterEach(() => page?.close());
  return {
    get stage() {
      return stage;
    },
    get page() {
      return page;
    },
    get session() {
      return session;
    },
  };
}
