import './Sparkline.css';

interface SparklineProps {
  values: readonly number[];
  width?: number;
  height?: number;
  /** What the bars are, for who does not see them. */
  label: string;
}

/** All bars as one path; an empty interval is a stub, so that a quiet hour is seen as one. */
export function barsPath(values: readonly number[], width: number, height: number): string {
  const most = Math.max(...values, 1);
  const step = width / Math.max(values.length, 1);
  const bar = Math.max(1, step - 1.5);
  return values
    .map((value, index) => {
      const tall = value === 0 ? 1 : Math.max(2, Math.round((value / most) * height));
      const left = (index * step).toFixed(1);
      return `M${left} ${height - tall}h${bar.toFixed(1)}v${tall}h-${bar.toFixed(1)}z`;
    })
    .join('');
}

export function Sparkline({ values, width = 120, height = 24, label }: SparklineProps) {
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      <path d={barsPath(values, width, height)} />
    </svg>
  );
}
