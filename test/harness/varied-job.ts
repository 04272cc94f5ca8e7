/**
 * Script text that defines a global function, which works for so many milliseconds: hardly two samples of it are alike, and
 * each second of it makes some 8 MB of a trace.
 */
export function variedJob(name: string, depth: number): string {
  return `window.${name} = (() => {
    // Each of a source of its own: V8 knows a function by where it is written.
    const operations = Array.from({ length: 40 }, (_, i) => new Function('return function operation' + i + \`(depth, visit) {
      let sum = 0;
      for (let i = 0; i < 300; i++) sum += Math.sqrt(i * depth);
      return depth > 0 ? sum + visit(depth - 1) : sum;
    }\`)());
    let seed = 1;
    function visit(depth) {
      seed = (seed * 16807) % 2147483647;
      return operations[seed % operations.length](depth, visit);
    }
    return function ${name}(milliseconds) {
      for (const end = performance.now() + milliseconds; performance.now() < end; ) visit(${depth});
    };
  })();`;
}
