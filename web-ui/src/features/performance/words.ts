import { performanceTexts as texts } from './texts';

/** Milliseconds as people read them: "0.12 ms", "340 ms", "1.25 s", "3.4 min". */
export function milliseconds(ms: number): string {
  if (ms < 10) return `${ms.toFixed(2)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 100_000) return `${(ms / 1_000).toFixed(2)} s`;
  return `${(ms / 60_000).toFixed(1)} min`;
}

/** A share from 0 to 1: "0.5 %", "12 %". */
export function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

/** How much longer or shorter it takes than before; what is within the error of percentiles is the same. */
export function trendWords(trend: number, isNew: boolean): string {
  if (isNew) return texts.isNew;
  if (trend > 1.025) return texts.slower(percent(trend - 1));
  if (trend < 0.975) return texts.faster(percent(1 - trend));
  return texts.steady;
}
