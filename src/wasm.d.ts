/** See `wasmModule` in vite.config.ts: makes an instance of the AssemblyScript module and gives its exports. */
declare module '*?wasm' {
  const instantiate: () => unknown;
  export default instantiate;
}
