import type { AlertRuleDefinition } from '../../api/model';
import { newCondition } from './draft';
import { alertTexts } from './texts';

const { ready: texts } = alertTexts;

function rule(name: string, condition: Parameters<typeof newCondition>[0]): AlertRuleDefinition {
  return {
    name,
    environment: null,
    condition_match: 'any',
    conditions: [newCondition(condition)],
    filter_match: 'all',
    filters: [],
    interval_minutes: 30,
  };
}

/** Rules that most projects want, one click each. */
export const READY: readonly { rule: AlertRuleDefinition; words: string }[] = [
  { rule: rule(texts.new, 'new_issue'), words: texts.newWords },
  { rule: rule(texts.regression, 'regression'), words: texts.regressionWords },
  { rule: rule(texts.many, 'frequency'), words: texts.manyWords },
];
