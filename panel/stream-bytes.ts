/** Bytes; beyond, their places are no numbers of 32 bits. */
export const mostBytes = 2 ** 31 - 1;

/** A stream has more than {@link mostBytes}. */
export class TooManyBytesError extends Error {
  override readonly name = 'TooManyBytesError';
}

/** All bytes of a stream. Rejects with a {@link TooManyBytesError}, or as the stream does. */
export async function streamBytes(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return joined(parts, size);
    size += value.length;
    if (size > mostBytes) throw new TooManyBytesError('larger than 2 GB');
    parts.push(value);
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
