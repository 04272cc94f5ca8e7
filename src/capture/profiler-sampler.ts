import type { Protocol } from 'devtools-protocol';
import { CdpError, type CdpSession } from '../cdp/session.ts';
import { readConsoleProfiles } from '../formats/console-profiles.ts';
import type { Recording, Sampler } from './sampler.ts';
import { reading } from './trace-reader.ts';

const UNKNOWN_METHOD = -32601;
const INTERVAL = 100;

/** A sampler over the Profiler domain, or null where the browser keeps that domain from us. */
export async function profilerSampler(session: CdpSession): Promise<Sampler | null> {
  try {
    await session.send('Profiler.enable');
  } catch (error) {
    if (error instanceof CdpError && error.code === UNKNOWN_METHOD) return null;
    throw error;
  }
  return new ProfilerSampler(session);
}

/** One console profile a call, which begins and ends with it exactly, over a profile that keeps the sampler warm. */
class ProfilerSampler implements Sampler {
  readonly name = 'Profiler';
  readonly marks = 'profile';
  readonly askedInterval = INTERVAL;
  readonly #session: CdpSession;
  readonly #profiles: Protocol.Profiler.ConsoleProfileFinishedEvent[] = [];
  #stopListening: (() => void) | undefined;

  constructor(session: CdpSession) {
    this.#session = session;
  }

  async start(): Promise<void> {
    this.#stopListening = this.#session.on('Profiler.consoleProfileFinished', (event) => this.#profiles.push(event));
    await this.#session.send('Profiler.setSamplingInterval', { interval: INTERVAL });
    await this.#session.send('Profiler.start');
  }

  async stop(): Promise<Recording> {
    await this.#session.send('Profiler.stop');
    await this.#disable();
    return { read: async (key) => reading(() => readConsoleProfiles(this.#profiles, key)) };
  }

  async abandon(): Promise<void> {
    await this.#disable().catch(() => undefined);
  }

  async #disable(): Promise<void> {
    this.#stopListening?.();
    await this.#session.send('Profiler.disable');
  }
}
