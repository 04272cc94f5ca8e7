/** What is used of package-lock.json. */
export interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly integrity?: string; readonly optional?: boolean }>
  >;
}

/** Whether what is installed is what the lock file asks for. */
export function packagesAreCurrent(lock: LockFile, installed: LockFile): boolean;
/** Installs the packages of a folder (the project's own) if they are missing or not those of its lock file. Throws an Error for people. */
export function installPackages(options?: { folder?: string; say?: (line: string) => void }): Promise<void>;
