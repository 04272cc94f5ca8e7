import { assert } from 'chai';
import type { ChartConfiguration, Chart as ChartOf, Plugin } from 'chart.js';
import { describe, it } from './runner.ts';

declare const Chart: typeof import('chart.js').Chart;

type Kind = 'line' | 'bar';
type Drawn = ChartOf<Kind, number[], string>;

const WIDTH = 400;
const HEIGHT = 200;

function canvas(width = WIDTH): HTMLCanvasElement {
  return Object.assign(document.createElement('canvas'), { width, height: HEIGHT });
}

/** Without margins, so that the chart's area is the whole canvas. @param highest at its upper edge */
function bare(
  type: Kind,
  lists: readonly (readonly number[])[],
  highest: number,
  plugins: Plugin<Kind>[] = [],
): ChartConfiguration<Kind, number[], string> {
  return {
    type,
    plugins,
    data: {
      labels: lists[0]!.map(String),
      datasets: lists.map((data) => ({
        data: [...data],
        backgroundColor: '#ff0000',
        barPercentage: 1,
        categoryPercentage: 1,
      })),
    },
    options: {
      responsive: false,
      animation: false,
      devicePixelRatio: 1,
      layout: { autoPadding: false },
      plugins: { legend: { display: false } },
      scales: {
        x: { display: false, stacked: true },
        y: { display: false, stacked: type === 'bar', min: 0, max: highest },
      },
    },
  };
}

/** Draws, looks and takes the chart away. */
function withChart<T>(config: ChartConfiguration<Kind, number[], string>, look: (chart: Drawn) => T): T {
  const chart = new Chart(canvas(), config);
  try {
    return look(chart);
  } finally {
    chart.destroy();
  }
}

const places = (chart: Drawn, dataset = 0) =>
  chart.getDatasetMeta(dataset).data.map(({ x, y }) => [Math.round(x), Math.round(y)]);

describe('Chart.js', () => {
  it('puts points on a linear scale', () =>
    withChart(bare('line', [[0, 10, 20, 30, 40]], 40), (chart) => {
      assert.deepEqual(places(chart), [
        [0, 200],
        [100, 150],
        [200, 100],
        [300, 50],
        [400, 0],
      ]);
      const { y } = chart.scales;
      assert.equal(y!.getPixelForValue(10), 150);
      assert.equal(y!.getValueForPixel(50), 30);
    }));
  it('draws bars from zero to their value', () =>
    withChart(bare('bar', [[1, 2, 3, 4]], 4), (chart) => {
      const bars = chart.getDatasetMeta(0).data.map((bar) => bar.getProps(['x', 'y', 'base', 'width']));
      assert.deepEqual(
        bars.map(({ x, y, base, width }) => [x, y, base, width]),
        [
          [50, 150, 200, 100],
          [150, 100, 200, 100],
          [250, 50, 200, 100],
          [350, 0, 200, 100],
        ],
      );
      const colorAt = (x: number, y: number) => [...chart.ctx.getImageData(x, y, 1, 1).data];
      assert.deepEqual(colorAt(50, 175), [255, 0, 0, 255]);
      assert.deepEqual(colorAt(50, 125), [0, 0, 0, 0]);
    }));
  it('stacks', () =>
    withChart(bare('bar', [[1], [2], [1]], 4), (chart) => {
      assert.deepEqual(
        [0, 1, 2].map((dataset) => places(chart, dataset)[0]![1]),
        [150, 50, 0],
      );
    }));
  it('cuts a pie into shares', () => {
    const options = { responsive: false, animation: false } as const;
    const chart = new Chart(canvas(), { type: 'pie', data: { datasets: [{ data: [1, 1, 2] }] }, options });
    const shares = chart.getDatasetMeta(0).data.map((arc) => arc.getProps(['circumference']).circumference);
    chart.destroy();
    assert.deepEqual(shares, [Math.PI / 2, Math.PI / 2, Math.PI]);
  });
  it('has the ticks it was told to have', () => {
    const config = bare('line', [[0, 40]], 40);
    config.options!.scales!.y = { min: 0, max: 40, ticks: { stepSize: 10 } };
    const ticks = withChart(config, (chart) => chart.scales.y!.ticks.map(({ value, label }) => [value, label]));
    assert.deepEqual(ticks, [
      [0, '0'],
      [10, '10'],
      [20, '20'],
      [30, '30'],
      [40, '40'],
    ]);
  });
  it('has a logarithmic scale', () => {
    const config = bare('line', [[1, 1000]], 1000);
    config.options!.scales!.y = { type: 'logarithmic', display: false, min: 1, max: 1000 };
    const pixels = withChart(config, (chart) =>
      [1, 10, 100, 1000].map((value) => chart.scales.y!.getPixelForValue(value)),
    );
    for (const [i, pixel] of pixels.entries()) assert.closeTo(pixel, HEIGHT * (1 - i / 3), 1e-9);
  });
  it('follows its data when it is updated', () =>
    withChart(bare('line', [[0, 10, 20, 30, 40]], 40), (chart) => {
      chart.data.labels!.push('more');
      chart.data.datasets[0]!.data.push(20);
      chart.update();
      assert.deepEqual(places(chart).at(-1), [400, 100]);
      assert.deepEqual(places(chart)[1], [80, 150]);
      chart.data.datasets.push({ data: [40] });
      chart.update('none');
      assert.equal(chart.getVisibleDatasetCount(), 2);
      chart.hide(0);
      assert.isFalse(chart.isDatasetVisible(0));
    }));
  it('tells its plugins, in order', () => {
    const told: string[] = [];
    const plugin: Plugin<Kind> = {
      id: 'listener',
      beforeInit: () => void told.push('beforeInit'),
      afterInit: () => void told.push('afterInit'),
      beforeUpdate: () => void told.push('beforeUpdate'),
      afterUpdate: () => void told.push('afterUpdate'),
      afterDestroy: () => void told.push('afterDestroy'),
    };
    withChart(bare('line', [[1]], 1, [plugin]), (chart) => chart.update());
    const updated = ['beforeUpdate', 'afterUpdate'];
    assert.deepEqual(told, ['beforeInit', 'afterInit', ...updated, ...updated, 'afterDestroy']);
  });
  it('passes on what a plugin throws', () => {
    const thrown = new Error('The plugin failed');
    const plugin: Plugin<Kind> = {
      id: 'thrower',
      afterUpdate(_chart, { mode }) {
        if (mode === 'reset') throw thrown;
      },
    };
    withChart(bare('line', [[1]], 1, [plugin]), (chart) => assert.throws(() => chart.update('reset'), thrown));
  });
  it('knows the chart of a canvas, and allows one', () => {
    const place = canvas();
    const chart = new Chart(place, bare('line', [[1]], 1));
    assert.equal(Chart.getChart(place), chart);
    assert.throws(() => new Chart(place, bare('line', [[1]], 1)), /Canvas is already in use/);
    chart.destroy();
    assert.isUndefined(Chart.getChart(place));
  });
  it('refuses a type that is not there', () => {
    const place = canvas();
    const config = { ...bare('line', [[1]], 1), type: 'nonsense' as 'line' };
    assert.throws(() => new Chart(place, config), /"nonsense" is not a registered controller/);
    Chart.getChart(place)?.destroy();
  });
  it('is a class', () => {
    class Gauge extends Chart {
      readonly unit = 'km/h';
    }
    const gauge = new Gauge(canvas(), bare('line', [[1]], 1));
    assert.instanceOf(gauge, Gauge);
    assert.instanceOf(gauge, Chart);
    assert.equal(gauge.unit, 'km/h');
    gauge.destroy();
    assert.throws(() => (Chart as unknown as () => void)(), /cannot be invoked without 'new'/);
  });
  it('fits any width', () => {
    for (let width = 100; width <= 2000; width += 100) {
      const chart = new Chart(canvas(width), bare('line', [[0, 10, 20]], 20));
      assert.deepEqual(places(chart), [
        [0, 200],
        [width / 2, 100],
        [width, 0],
      ]);
      chart.destroy();
    }
  });
});
