/** See `iifeText` in vite.config.ts: the module as the text of one JavaScript expression. */
declare module '*?iife' {
  const code: string;
  export default code;
}
