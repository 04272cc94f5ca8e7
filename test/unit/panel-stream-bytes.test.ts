import { expect, test } from 'vitest';
import { streamBytes, TooManyBytesError } from '../../panel/stream-bytes.ts';

/** So many parts of a stream; one may be there several times. */
function streamOf(parts: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const rest = parts[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = rest.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

function* repeated(part: Uint8Array, times: number): Generator<Uint8Array> {
  for (let time = 0; time < times; time++) yield part;
}

test('the parts of a stream are put together in their order', async () => {
  const parts = [Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)];
  expect(await streamBytes(streamOf(parts))).toEqual(Uint8Array.of(1, 2, 3));
});

test('a stream of 2 GB is refused, and read no further', async () => {
  const part = new Uint8Array(2 ** 26);
  const endless = streamOf(repeated(part, Number.POSITIVE_INFINITY));
  await expect(streamBytes(endless)).rejects.toThrow(TooManyBytesError);
});
