export interface ServedDemo {
  readonly url: string;
  close(): Promise<void>;
}
export function serveDemo(): Promise<ServedDemo>;
