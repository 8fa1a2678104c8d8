import { exactNumber } from '../../ui/format';
import { releaseTexts } from './texts';

const { compare: texts } = releaseTexts;

/** How one number differs from another, in words. */
export function change(now: number, before: number): string {
  const more = now - before;
  if (more === 0) return texts.same;
  return more > 0 ? texts.more(exactNumber(more)) : texts.fewer(exactNumber(-more));
}
