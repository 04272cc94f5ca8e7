import { expect, test } from 'vitest';
import { readCpuProfile } from '../../src/formats/cpuprofile/read.ts';
import { readNumber } from '../../src/formats/json/numbers.ts';
import { JsonScanner } from '../../src/formats/json/scanner.ts';
import { chanceOf, mutated, profileText } from './cpuprofiles.ts';
import { type PlainProfile, plainOf, readPlainly } from './plain-cpuprofile.ts';

/** To be set in order to see a failure again, or to look for others. */
const seed = Number(process.env.FLAMBE_SEED ?? 1);

/** Null where it is refused, in words and with the place. */
function fast(bytes: Uint8Array): PlainProfile | null {
  try {
    return plainOf(readCpuProfile(bytes));
  } catch (error) {
    expect((error as Error).message).toMatch(/^[^\n]{1,200} \(at byte \d+\)$/);
    return null;
  }
}

test('numbers are those of JSON.parse', () => {
  const chance = chanceOf(seed);
  const digits = (most: number) => String(Math.floor(chance() * 10 ** Math.floor(1 + chance() * most)));
  for (let number = 0; number < 20_000; number++) {
    const text = `${chance() < 0.5 ? '-' : ''}${digits(9)}${chance() < 0.7 ? `.${digits(12)}` : ''}${chance() < 0.2 ? `e-${digits(1)}` : ''}`;
    const read = readNumber(new JsonScanner(new TextEncoder().encode(text)));
    expect(Object.is(read + 0, JSON.parse(text) + 0), text).toBe(true);
  }
});

function plain(bytes: Uint8Array): PlainProfile | null {
  try {
    return readPlainly(bytes);
  } catch {
    return null;
  }
}

test(`10,000 changed files are read as the plain reader does, or refused by both (seed ${seed})`, () => {
  const seen = { read: 0, refused: 0 };
  for (let number = 0; number < 10_000; number++) {
    const chance = chanceOf(seed * 1_000_003 + number);
    const whole = new TextEncoder().encode(profileText(chance));
    const bytes = number % 10 === 0 ? whole : mutated(chance, whole);
    const [expected, given] = [plain(bytes), fast(bytes)];
    if (JSON.stringify(expected) !== JSON.stringify(given))
      expect(given, `file ${number}: ${JSON.stringify(new TextDecoder().decode(bytes))}`).toEqual(expected);
    if (bytes === whole) expect(given).not.toBe(null);
    seen[given ? 'read' : 'refused']++;
  }
  expect(seen.read).toBeGreaterThan(1500);
  expect(seen.refused).toBeGreaterThan(1500);
});
