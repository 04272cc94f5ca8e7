/** A place where a browser may be; usable when it has a path and no problem. */
export interface Candidate {
  readonly name: string;
  readonly path?: string;
  /** Why it won't do, to be read after its path or name. */
  readonly problem?: string | undefined;
}

export interface BrowserFacts {
  /** In order of preference. */
  readonly candidates: readonly Candidate[];
  /** Install commands that were run, and what came of them. */
  readonly attempts: readonly { readonly command: string; readonly outcome: string }[];
  /** apt-get can be used: Debian or its kin, as root. */
  readonly debianRoot: boolean;
}

export type BrowserChoice =
  | { readonly use: string; readonly run?: never; readonly giveUp?: never }
  | { readonly run: string; readonly use?: never; readonly giveUp?: never }
  | { readonly giveUp: string; readonly use?: never; readonly run?: never };

export function versionProblem(version: string): string | undefined;
export function chooseBrowser(facts: BrowserFacts): BrowserChoice;
/** Path of a Chromium that runs here, installed on the way if there is none. Throws an Error for people otherwise. */
export function findBrowser(options?: { say?: (line: string) => void }): Promise<string>;
/** Command line switches for every Chromium that Flambe's scripts and tests start: a quiet one, off the network. */
export function browserArgs(options?: { headless?: boolean }): string[];
/** Options for Playwright's `chromium.launch` and `launchPersistentContext`. */
export function launchOptions(
  executablePath: string,
  options?: { headless?: boolean; args?: readonly string[] },
): { executablePath: string; headless: false; chromiumSandbox: boolean; args: string[] };
