import {
  listen,
  type Port,
  type Question,
  type Questions,
  type Reading,
  type Request,
  type Response,
  type Role,
  type ToRead,
} from './protocol.ts';
import { readScript, unreadable } from './read-script.ts';
import type { ReadScript, ScriptInfo, ScriptText } from './script.ts';
import { SourceIndex } from './source-index.ts';

/** Makes this thread what the first message on the port says: the reader or the index. */
export function serve(port: Port): void {
  const begin = ({ role, line }: Role) => (role === 'reader' ? serveReader(port, line) : serveIndex(port, line));
  listen(port, begin, { once: true });
}

function serveReader(client: Port, index: Port): void {
  listen<ToRead>(client, ({ hash, script }) => {
    index.postMessage({ hash, read: read(script) } satisfies Reading);
  });
}

/** Whatever a script or its map may be, the next one has its turn. */
function read(script: ScriptText | string): ReadScript {
  if (typeof script === 'string') return unreadable(script);
  try {
    return readScript(script);
  } catch (error) {
    return unreadable(`The script could not be read: ${error}`);
  }
}

function serveIndex(client: Port, reader: Port): void {
  const index = new SourceIndex();
  const readings = new Map<string, ReadScript>();
  const scripts = new Map<string, ScriptInfo>();
  const respond = (response: Response) => client.postMessage(response);

  listen<Reading>(reader, ({ hash, read }) => {
    readings.set(hash, read);
    for (const script of scripts.values()) if (script.hash === hash) index.add(script, read);
    respond({ kind: 'read', hash });
  });

  listen<Request>(client, (request) => {
    switch (request.kind) {
      case 'add': {
        const { script } = request;
        const read = readings.get(script.hash);
        scripts.set(script.id, script);
        if (read) index.add(script, read);
        return;
      }
      case 'remove':
        scripts.delete(request.id);
        index.remove(request.id);
        return;
      case 'ask':
        respond({ kind: 'answer', number: request.number, answer: answer(index, request.question) });
        return;
    }
  });
}

function answer(index: SourceIndex, question: Question): Questions[keyof Questions]['answer'] {
  switch (question.kind) {
    case 'search':
      return index.search(question.ask.typed, question.ask.limit);
    case 'functionsAt':
      return question.ask.map((place) => index.functionAt(place.scriptId, place));
    case 'findAt':
      return index.findAt(question.ask.source, question.ask.line, question.ask.column);
    case 'problems':
      return index.problems();
    default:
      return question satisfies never;
  }
}
