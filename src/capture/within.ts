/** Whether something comes in time. A rejection comes through. */
export async function within(milliseconds: number, something: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([something.then(() => true), late]);
  } finally {
    clearTimeout(timer);
    something.catch(() => undefined);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
