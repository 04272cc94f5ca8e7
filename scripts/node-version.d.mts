/** Why this version of Node (`v20.19.0`) won't do; undefined when it will. */
export function nodeProblem(version: string): string | undefined;
