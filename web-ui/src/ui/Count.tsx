import { exactNumber, shortNumber } from './format';

/** A number, short where it is large, with the exact one on hover. What is not known is a dash and never 0. */
export function Count({ value, title }: { value: number | null | undefined; title?: string }) {
  if (value === null || value === undefined) return <span title={title}>–</span>;
  return <span title={title ?? exactNumber(value)}>{shortNumber(value)}</span>;
}
