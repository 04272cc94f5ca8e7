/** Why a command failed, in one line of its own: the first that speaks of an error, else the last that is not indented. */
export function reasonIn(output: string): string;
