import type { Limit, LimitChange } from '../../api/model';
import { exactNumber, span } from '../../ui/format';
import { projectTexts } from './texts';

const { limits: texts } = projectTexts;

/** "120 of error, default in 60 s". */
export function limitWords(limit: Limit): string {
  const categories = limit.categories.length === 0 ? texts.everything : limit.categories.join(', ');
  return texts.of(exactNumber(limit.limit), categories, span(limit.window_seconds));
}

/** A limit while it is typed. */
export interface LimitDraft {
  key: number;
  categories: string;
  limit: string;
  seconds: string;
  reasonCode: string | undefined;
}

export function draftOf(limit: Limit, key: number): LimitDraft {
  return {
    key,
    categories: limit.categories.join(', '),
    limit: String(limit.limit),
    seconds: String(limit.window_seconds),
    reasonCode: limit.reason_code,
  };
}

/** What is sent: numbers as they were typed, for the server to judge. */
export function limitOf(draft: LimitDraft): LimitChange {
  return {
    categories: draft.categories
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean),
    limit: Number(draft.limit),
    window_seconds: Number(draft.seconds),
    ...(draft.reasonCode === undefined ? {} : { reason_code: draft.reasonCode }),
  };
}
