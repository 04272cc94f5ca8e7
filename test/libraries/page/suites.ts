/**
 * The suites, as a script of the page. Papa Parse's own comes after it, in a script that wants `chai`, `describe` and `it`
 * to be there.
 */
import * as chai from 'chai';
import './chart.ts';
import './dayjs.ts';
import './markdown.ts';
import './mustache.ts';
import './redux.ts';
import { describe, it, run } from './runner.ts';

// Messages of failed assertions are compared, so they are not to be cut off.
chai.config.truncateThreshold = 0;

Object.assign(window, { chai, describe, it, run });
