/** Where flamegraph.pl is; where it or perl is missing, what is, and how to come by it. */
export function findFlamegraph():
  | { readonly script: string; readonly problem?: never }
  | { readonly problem: string; readonly script?: never };
