import type { SimilarIssue } from '../../api/model';
import { similarTexts as texts } from './similarTexts';

const VERY = 0.85;
const QUITE = 0.65;

/** How alike two issues are, in words: the figure itself says nothing to people. */
export function alikeWords(score: number): string {
  if (score >= VERY) return texts.alike.very;
  return score >= QUITE ? texts.alike.quite : texts.alike.some;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** What two issues have in common. */
export function alikeReasons({ type, frames, message }: SimilarIssue): string {
  return [
    ...(type === 1 ? [texts.why.type] : []),
    ...(frames ? [texts.why.frames(percent(frames))] : []),
    ...(message ? [texts.why.message(percent(message))] : []),
  ].join(', ');
}
