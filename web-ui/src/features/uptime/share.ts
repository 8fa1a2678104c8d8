/** A share in per cent; all only where nothing failed, and never more exact than it can be read. */
export function share(value: number | null): string {
  if (value === null) return '–';
  return value === 1 ? '100 %' : `${Math.min(99.99, Math.floor(value * 10_000) / 100).toFixed(2)} %`;
}
