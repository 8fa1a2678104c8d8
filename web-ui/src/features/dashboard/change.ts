import { exactNumber } from '../../ui/format';
import { dashboardTexts } from './texts';

const { figures: texts } = dashboardTexts;

/** How a count differs from that of the time before, in words. */
export function countChange(now: number, before: number): string {
  const more = now - before;
  if (more === 0) return texts.same;
  const share = before === 0 ? '' : texts.share(Math.round((Math.abs(more) / before) * 100));
  return `${more > 0 ? texts.more(exactNumber(more), share) : texts.fewer(exactNumber(-more), share)} ${texts.before}`;
}

/** A share as percent, rounded down so that 100 % is all of them. */
export function percent(share: number): string {
  return `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}

/** How a share differs from that of the time before, in points. */
export function shareChange(now: number | null, before: number | null): string {
  if (now === null) return texts.noSessions;
  if (before === null) return '';
  const points = Math.round((now - before) * 10_000) / 100;
  if (points === 0) return texts.samePoints;
  const words = Math.abs(points).toFixed(2);
  return `${points > 0 ? texts.higher(words) : texts.lower(words)} ${texts.before}`;
}
