import { describe, expect, test } from 'vitest';
import { TraceHere } from '../../src/capture/trace-reader.ts';
import { callCount } from '../../src/profile/model.ts';
import { readCalls, readPage } from '../harness/read-trace.ts';
import { recording } from './pictures-recorded.ts';

const { bytes, key } = recording('calls');

function take(reader: TraceHere, stream: Uint8Array, part = 10_000): void {
  for (let at = 0; at < stream.length; at += part)
    reader.take(Buffer.from(stream.subarray(at, at + part)).toString('base64'));
}

describe('a reader of traces that come in parts', () => {
  test('gives what the whole says, of a capture and of a recording', async () => {
    const reader = new TraceHere();
    reader.begin(key.id);
    take(reader, bytes);
    expect(await reader.calls(key)).toEqual(readCalls(bytes, key));
    reader.begin(null);
    take(reader, bytes);
    expect(await reader.page(100)).toEqual(readPage(bytes, 100));
  });

  test('drops what came of a trace before', async () => {
    const reader = new TraceHere();
    reader.begin(key.id);
    take(reader, bytes.subarray(0, bytes.length / 2));
    reader.begin(key.id);
    expect(callCount((await reader.calls(key)).calls)).toBe(0);
  });

  test.each([
    [
      'ends too early',
      bytes.subarray(0, bytes.length - 1),
      /^Not a Perfetto trace at byte \d+: the packet goes beyond/,
    ],
    ['is none', new TextEncoder().encode('<!doctype html>'), /^Not a Perfetto trace at byte 0: expected a packet$/],
  ])('refuses one that %s, whatever else comes', async (_, stream, message) => {
    const reader = new TraceHere();
    reader.begin(key.id);
    take(reader, stream);
    await expect(reader.calls(key)).rejects.toMatchObject({
      failure: { code: 'bad trace', message: expect.stringMatching(message) },
    });
    reader.begin(key.id);
    take(reader, bytes);
    expect(callCount((await reader.calls(key)).calls)).toBe(callCount(readCalls(bytes, key).calls));
  });

  test('refuses what is no base64', async () => {
    const reader = new TraceHere();
    reader.begin(key.id);
    reader.take('%');
    take(reader, bytes);
    await expect(reader.calls(key)).rejects.toMatchObject({ failure: { code: 'bad trace' } });
  });

  test('takes nothing before one has begun', () => {
    expect(() => new TraceHere().take('')).toThrow('no trace has begun');
  });
});
