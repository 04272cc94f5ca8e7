import { mostBytes, streamBytes, TooManyBytesError } from './stream-bytes.ts';

/** Bytes that are read between two words of how far it is. */
const SLICE = 1 << 26;

const tooLarge = 'it is larger than 2 GB';

/** All bytes of a file, unpacked if it is gzip'd. Throws an error that says in words why there are none. */
export async function bytesOf(file: File, onProgress: (share: number) => void): Promise<Uint8Array> {
  if (file.size > mostBytes) throw new Error(tooLarge);
  if (file.size <= SLICE) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return isPacked(bytes) ? inflated(file, onProgress) : bytes;
  }
  if (isPacked(new Uint8Array(await file.slice(0, 2).arrayBuffer()))) return inflated(file, onProgress);
  const bytes = new Uint8Array(file.size);
  for (let at = 0; at < file.size; at += SLICE) {
    bytes.set(new Uint8Array(await file.slice(at, at + SLICE).arrayBuffer()), at);
    onProgress(at / file.size);
  }
  return bytes;
}

function isPacked([first, second]: Uint8Array): boolean {
  return first === 0x1f && second === 0x8b;
}

async function inflated(file: File, onProgress: (share: number) => void): Promise<Uint8Array> {
  let taken = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      taken += chunk.length;
      onProgress(taken / file.size);
      controller.enqueue(chunk);
    },
  });
  const unpacked = file.stream().pipeThrough(counted).pipeThrough(new DecompressionStream('gzip'));
  try {
    return await streamBytes(unpacked);
  } catch (error) {
    if (error instanceof TooManyBytesError) throw new Error(`unpacked, ${tooLarge}`);
    throw new Error(`it can't be unpacked: ${(error as Error).message.replace(/\.$/, '')}`);
  }
}
