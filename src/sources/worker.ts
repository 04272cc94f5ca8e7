/** The entry of both workers; see protocol.ts. */
import type { Port } from './protocol.ts';
import { serve } from './serve.ts';

// In a worker the global object is its end of the port.
serve(globalThis as unknown as Port);
