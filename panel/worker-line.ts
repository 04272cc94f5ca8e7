/** A question to a worker, about the subject that comes with it or came last. */
export interface Question<Subject, Wish> {
  readonly number: number;
  readonly subject?: Subject;
  readonly wish: Wish;
}

export interface Reply<Answer> {
  readonly number: number;
  readonly answer: Answer;
}

/** A line to a worker that knows a subject and is asked about it; of questions that overlap, only the last has an answer. */
export class WorkerLine<Subject, Wish, Answer> {
  readonly #start: () => Worker;
  #worker: Worker | null = null;
  /** What the worker knows. */
  #subject: Subject | null = null;
  #number = 0;
  #settle: { readonly resolve: (answer: Answer | null) => void; readonly reject: (error: Error) => void } | null = null;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  /** Null when something else was asked meanwhile. */
  ask(subject: Subject, wish: Wish): Promise<Answer | null> {
    const isNew = subject !== this.#subject;
    this.#subject = subject;
    this.forget();
    const question: Question<Subject, Wish> = { number: this.#number, wish, ...(isNew && { subject }) };
    this.#worker ??= this.#connect();
    this.#worker.postMessage(question);
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  /** Wants no answer any more. */
  forget(): void {
    this.#number++;
    this.#settle?.resolve(null);
    this.#settle = null;
  }

  #connect(): Worker {
    const worker = this.#start();
    worker.addEventListener('message', ({ data }: MessageEvent<Reply<Answer>>) => {
      if (data.number === this.#number) this.#settle?.resolve(data.answer);
    });
    worker.addEventListener('error', ({ message }) => {
      // It may be without memory: the next question gets another one.
      worker.terminate();
      this.#worker = null;
      this.#subject = null;
      this.#settle?.reject(new Error(message));
    });
    return worker;
  }
}

/** The other end of the line: what the worker answers. Columns go over without a copy, those of the subject aside. */
export function answerLine<Subject, Wish, Answer>(answerTo: (subject: Subject, wish: Wish) => Answer): void {
  let subject: Subject | null = null;
  addEventListener('message', ({ data }: MessageEvent<Question<Subject, Wish>>) => {
    if (data.subject) subject = data.subject;
    const answer = answerTo(subject!, data.wish);
    const kept = buffersIn(subject);
    const transfer = [...buffersIn(answer)].filter((buffer) => !kept.has(buffer));
    postMessage({ number: data.number, answer } satisfies Reply<Answer>, { transfer });
  });
}

/** The memory of all columns in a value. */
export function buffersIn(value: unknown, into = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) into.add(value.buffer);
  } else if (typeof value === 'object' && value !== null && !isList(value))
    for (const each of Object.values(value)) buffersIn(each, into);
  return into;
}

/** Whether a value is an array, and not one of objects. */
function isList(value: object): boolean {
  return Array.isArray(value) && typeof value[0] !== 'object';
}
