import type { Protocol } from 'devtools-protocol';
import { harmless } from '../src/flamegraph/names.ts';

type RemoteObject = Protocol.Runtime.RemoteObject;
type ObjectPreview = Protocol.Runtime.ObjectPreview;
type PropertyPreview = Protocol.Runtime.PropertyPreview;

/** Longest text of a value, in characters. */
const longest = 2000;

/** A value as DevTools' console shows it: `"text"`, `42`, `{a: 1, b: "x"}`, `(3) [1, 2, 3]`, `TypeError: …` with its stack. */
export function valueText(value: RemoteObject): string {
  // Lines of a stack stay lines; all else that could disturb the display goes.
  return describeValue(value)
    .split('\n')
    .map((line) => harmless(line, longest))
    .join('\n');
}

function describeValue({ type, subtype, value, unserializableValue, description, preview }: RemoteObject): string {
  if (type === 'string') return quote(String(value));
  if (type === 'undefined' || subtype === 'null') return subtype ?? type;
  if (unserializableValue !== undefined) return unserializableValue;
  if (type === 'object' && subtype !== 'error' && preview) return previewText(preview);
  return description ?? String(value);
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** `Map(2) {"a" => 1, "b" => 2}`, `(2) ["a", "b"]`, `Point {x: 1, y: 2}`, `{…}` */
function previewText({ type, subtype, description = '', properties, entries, overflow }: ObjectPreview): string {
  if (type === 'string') return quote(description);
  if (type !== 'object') return description;
  if (subtype && !['array', 'typedarray', 'map', 'set', 'weakmap', 'weakset'].includes(subtype)) return description;
  const isList = subtype === 'array' || subtype === 'typedarray';
  const inner = entries
    ? entries.map(({ key, value }) => (key ? `${previewText(key)} => ${previewText(value)}` : previewText(value)))
    : properties.filter(({ name }) => name !== 'size').map((property) => propertyText(property, isList));
  const text = [...inner, ...(overflow ? ['…'] : [])].join(', ');
  const prefix = description === 'Object' ? '' : `${description.replace(/^Array(?=\()/, '')} `;
  return isList ? `${prefix}[${text}]` : `${prefix}{${text}}`;
}

function propertyText(property: PropertyPreview, isList: boolean): string {
  const value = shortText(property);
  return isList && /^\d+$/.test(property.name) ? value : `${property.name}: ${value}`;
}

function shortText({ type, subtype, value = '' }: PropertyPreview): string {
  if (type === 'string') return quote(value);
  if (type === 'function') return 'ƒ';
  if (type === 'accessor') return '(…)';
  return type === 'object' && subtype === undefined && value === 'Object' ? '{…}' : value;
}
