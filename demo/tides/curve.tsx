import { type Harbour, heightAt } from './harmonics.ts';

const hours = 48;

/** The water of two days; drawn 4 m up and down. */
export function Curve({ harbour }: { harbour: Harbour }) {
  const points = Array.from({ length: hours * 4 + 1 }, (_, quarter) => {
    const height = heightAt(harbour.constituents, quarter / 4);
    return `${quarter / 4},${(4 - height).toFixed(3)}`;
  });
  return (
    <svg class="curve" viewBox={`0 0 ${hours} 8`} preserveAspectRatio="none" role="img" aria-label="Two days of tides">
      <title>Two days of tides</title>
      <polygon points={`0,8 ${points.join(' ')} ${hours},8`} />
      <line x1="0" y1="4" x2={hours} y2="4" />
    </svg>
  );
}
