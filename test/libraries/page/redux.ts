import { assert } from 'chai';
import type { Action, Middleware, Reducer, Store, StoreEnhancer, UnknownAction } from 'redux';
import { describe, it } from './runner.ts';

declare const Redux: typeof import('redux');
/** A store that adds up; actions of type `fail` make its reducer throw. */
declare const store: Store<number, { type: string; by?: number }>;

const list: Reducer<readonly string[]> = (texts = [], action) =>
  action.type === 'add' ? [...texts, String(action.text)] : texts;
const add = (text: string) => ({ type: 'add', text });

describe('Redux', () => {
  it('begins with the state that the reducer gives, or with the one it is told', () => {
    assert.deepEqual(Redux.createStore(list).getState(), []);
    assert.deepEqual(Redux.createStore(list, ['kept']).getState(), ['kept']);
  });
  it('reduces actions in order, and dispatch gives the action back', () => {
    const made = Redux.createStore(list);
    const action = add('a');
    assert.equal(made.dispatch(action), action);
    made.dispatch(add('b'));
    assert.deepEqual(made.getState(), ['a', 'b']);
    const state = made.getState();
    made.dispatch({ type: 'unknown' });
    assert.equal(made.getState(), state);
  });
  it('takes a reducer in another’s place', () => {
    const made = Redux.createStore(list, ['a']);
    made.replaceReducer((texts = [], action) => (action.type === 'clear' ? [] : texts));
    made.dispatch(add('b'));
    assert.deepEqual(made.getState(), ['a']);
    made.dispatch({ type: 'clear' });
    assert.deepEqual(made.getState(), []);
  });
  it('combines reducers', () => {
    const root = Redux.combineReducers({ left: list, count: (n: number = 0, { type }: Action) => (type ? n + 1 : n) });
    const made = Redux.createStore(root);
    const { count } = made.getState();
    made.dispatch(add('a'));
    assert.deepEqual(made.getState(), { left: ['a'], count: count + 1 });
  });
  it('refuses a slice without a state', () => {
    const root = Redux.combineReducers({ broken: () => undefined });
    assert.throws(() => Redux.createStore(root), /"broken" returned undefined during initialization/);
  });
  it('runs middleware from left to right, and lets it dispatch', () => {
    const seen: string[] = [];
    const noting =
      (name: string): Middleware =>
      () =>
      (next) =>
      (action) => {
        seen.push(`${name} ${(action as UnknownAction).type}`);
        return next(action);
      };
    const thunk: Middleware = (api) => (next) => (action) =>
      typeof action === 'function' ? action(api.dispatch, api.getState) : next(action);
    const enhancer = Redux.applyMiddleware(noting('1'), thunk, noting('2'));
    const made = Redux.createStore(list, undefined, enhancer);
    made.dispatch(((dispatch: typeof made.dispatch) => dispatch(add('later'))) as unknown as UnknownAction);
    assert.deepEqual(made.getState(), ['later']);
    assert.deepEqual(seen, ['1 undefined', '1 add', '2 add']);
  });
  it('makes a store while it makes another', () => {
    const inner: unknown[] = [];
    const enhancer: StoreEnhancer = (create) => (reducer, state) => {
      inner.push(Redux.createStore(list, ['inner']).getState());
      return create(reducer, state);
    };
    assert.deepEqual(Redux.createStore(list, ['outer'], enhancer).getState(), ['outer']);
    assert.deepEqual(inner, [['inner']]);
  });
  it('refuses what is no reducer, no enhancer and no listener', () => {
    const none = 'none' as unknown as () => never;
    assert.throws(() => Redux.createStore(none), /Expected the root reducer to be a function/);
    assert.throws(() => Redux.createStore(list, [], none), /Expected the enhancer to be a function/);
    assert.throws(() => Redux.createStore(list).subscribe(none), /Expected the listener to be a function/);
  });
});

describe('a Redux store', () => {
  it('tells listeners in order, once a dispatch, until they unsubscribe', () => {
    const told: string[] = [];
    const leave = [store.subscribe(() => told.push('first')), store.subscribe(() => told.push('second'))];
    store.dispatch({ type: 'add' });
    leave[0]!();
    leave[0]!();
    store.dispatch({ type: 'add' });
    leave[1]!();
    store.dispatch({ type: 'add' });
    assert.deepEqual(told, ['first', 'second', 'second']);
  });
  it('still tells a listener that unsubscribes while others are told', () => {
    const told: string[] = [];
    const leaveFirst = store.subscribe(() => {
      told.push('first');
      leaveSecond();
    });
    const leaveSecond = store.subscribe(() => told.push('second'));
    store.dispatch({ type: 'add' });
    store.dispatch({ type: 'add' });
    leaveFirst();
    assert.deepEqual(told, ['first', 'second', 'first']);
  });
  it('lets a listener dispatch', () => {
    store.dispatch({ type: 'reset' });
    const leave = store.subscribe(() => {
      if (store.getState() < 5) store.dispatch({ type: 'add' });
    });
    store.dispatch({ type: 'add' });
    leave();
    assert.equal(store.getState(), 5);
  });
  it('passes on what the reducer throws, and works on', () => {
    store.dispatch({ type: 'reset' });
    assert.throws(() => store.dispatch({ type: 'fail' }), 'The reducer failed');
    store.dispatch({ type: 'add' });
    assert.equal(store.getState(), 1);
  });
  it('refuses what is no action', () => {
    const dispatch = (action: unknown) => () => store.dispatch(action as { type: string });
    assert.throws(dispatch({}), /may not have an undefined "type"/);
    assert.throws(dispatch({ type: 7 }), /"type" property must be a string/);
    assert.throws(dispatch(Promise.resolve()), /Actions must be plain objects/);
    assert.throws(dispatch(null), /Actions must be plain objects/);
  });
  it('does not let a reducer dispatch or look', () => {
    const asking =
      (ask: () => unknown): Reducer =>
      (_state, action) => {
        if (action.type === 'ask') ask();
        return 0;
      };
    const naughty: Store = Redux.createStore(asking(() => naughty.dispatch({ type: 'more' })));
    assert.throws(() => naughty.dispatch({ type: 'ask' }), /Reducers may not dispatch actions/);
    const curious: Store = Redux.createStore(asking(() => curious.getState()));
    assert.throws(() => curious.dispatch({ type: 'ask' }), /may not call store\.getState\(\)/);
  });
  it('adds up', () => {
    store.dispatch({ type: 'reset' });
    for (let i = 1; i <= 1200; i++) assert.equal(store.dispatch({ type: 'add', by: i }).by, i);
    assert.equal(store.getState(), (1200 * 1201) / 2);
  });
});
