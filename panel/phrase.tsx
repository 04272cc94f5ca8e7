import type { Phrase } from './phrases.ts';

/** Code stands apart, and cannot turn the text around it. */
export function Say({ phrase }: { readonly phrase: Phrase }) {
  return <>{phrase.map((part, index) => (typeof part === 'string' ? part : <code key={index}>{part.code}</code>))}</>;
}
