import { expect, test } from 'vitest';
import { readCpuProfile } from '../../src/formats/cpuprofile/read.ts';
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
