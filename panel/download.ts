/** `flambe-app.store.dispatch-20260301-093000.svg`; the time is UTC, and left out where it is unknown. */
export function fileName(target: string, startedAt: number | null, extension: string): string {
  const name = target
    .replaceAll(/[^\p{L}\p{N}._$-]+/gu, '-')
    .slice(0, 60)
    .replace(/[-.]+$/, '');
  if (startedAt === null) return `flambe-${name}.${extension}`;
  const time = new Date(startedAt).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return `flambe-${name}-${time}.${extension}`;
}

export function download(name: string, type: string, content: BlobPart): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
