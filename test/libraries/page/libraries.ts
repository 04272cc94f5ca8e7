/** Puts the libraries where a page that loads them with script tags has them. */
import Chart from 'chart.js/auto';
import dayjs from 'dayjs';
import advancedFormat from 'dayjs/plugin/advancedFormat';
import customParseFormat from 'dayjs/plugin/customParseFormat';
import dayOfYear from 'dayjs/plugin/dayOfYear';
import isLeapYear from 'dayjs/plugin/isLeapYear';
import isoWeek from 'dayjs/plugin/isoWeek';
import utc from 'dayjs/plugin/utc';
import { marked } from 'marked';
import Mustache from 'mustache';
import Papa from 'papaparse';
import * as functionsOfRedux from 'redux';

for (const plugin of [advancedFormat, customParseFormat, dayOfYear, isLeapYear, isoWeek, utc]) dayjs.extend(plugin);

// A namespace of a module cannot be changed; what script tags make of it can.
const Redux = { ...functionsOfRedux };
const store = Redux.createStore((total: number | undefined = 0, { type, by }: { type: string; by?: number }) => {
  if (type === 'fail') throw new Error('The reducer failed');
  return type === 'add' ? total + (by ?? 1) : type === 'reset' ? 0 : total;
});

/** Whose properties the test compares. */
const owners = [
  window,
  marked,
  marked.Lexer.prototype,
  Mustache,
  Mustache.Writer.prototype,
  Papa,
  dayjs,
  dayjs.prototype,
  Chart,
  Chart.prototype,
  Redux,
  store,
];

Object.assign(window, { marked, Mustache, Papa, dayjs, Chart, Redux, store, owners, namedOnly: () => [] });
