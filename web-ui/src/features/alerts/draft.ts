import type {
  AlertCondition,
  AlertFilter,
  AlertRule,
  AlertRuleDefinition,
  AlertTarget,
  AlertTargetChange,
} from '../../api/model';

/** A part of a list that is edited, with a key that stays when others go. */
export interface Keyed<T> {
  key: number;
  value: T;
}

export type Match = 'any' | 'all' | 'none';

/** A rule while it is edited. */
export interface Draft {
  name: string;
  environment: string;
  conditionMatch: Match;
  conditions: Keyed<AlertCondition>[];
  filterMatch: Match;
  filters: Keyed<AlertFilter>[];
  interval: number;
  enabled: boolean;
  targets: Keyed<AlertTargetChange>[];
}

/** No environment can have this name, so that it stands for events without one. */
export const NO_ENVIRONMENT = 'none';

let keys = 0;

export function keyed<T>(value: T): Keyed<T> {
  keys += 1;
  return { key: keys, value };
}

const DAY = 24 * 60;

/** A condition of a type with values that make sense. */
export function newCondition(type: AlertCondition['type']): AlertCondition {
  switch (type) {
    case 'frequency':
      return { type, measure: 'events', threshold: 100, reaches: false, window_minutes: 60 };
    case 'increase':
      return { type, measure: 'events', percent: 100, window_minutes: 60, before_minutes: DAY };
    case 'crash_free_below':
      return { type, rate: 'sessions', percent: 99, window_minutes: 60, minimum: 50 };
    case 'spike':
      return { type, of: 'issue' };
    case 'new_issue':
    case 'regression':
    case 'unignored':
    case 'every_event':
      return { type };
  }
}

/** A filter of a type with values that make sense. */
export function newFilter(type: AlertFilter['type']): AlertFilter {
  switch (type) {
    case 'level':
      return { type, order: 'at_least', level: 'error' };
    case 'release':
      return { type, operator: 'starts_with', values: [''] };
    case 'tag':
      return { type, key: '', operator: 'equals', values: [''] };
    case 'attribute':
      return { type, name: 'exception.type', operator: 'equals', values: [''] };
    case 'age':
      return { type, older: false, minutes: DAY };
    case 'occurrences':
      return { type, at_least: 10 };
    case 'assigned':
      return { type, to: 'nobody' };
    case 'latest_release':
      return { type };
  }
}

export const isWithoutValue = (operator: AlertFilter['operator']): boolean =>
  operator === 'set' || operator === 'not_set';
export const isOfSeveral = (operator: AlertFilter['operator']): boolean =>
  operator === 'in' || operator === 'not_in';

/** The values behind an operator, of what was written before it was changed. */
export function valuesFor(operator: AlertFilter['operator'], values: readonly string[]): string[] {
  if (isWithoutValue(operator)) return [];
  return isOfSeveral(operator) ? [...values] : [values[0] ?? ''];
}

export function draftOf(rule: AlertRule): Draft {
  const { rule: definition } = rule;
  return {
    name: definition.name,
    environment: definition.environment === '' ? NO_ENVIRONMENT : (definition.environment ?? ''),
    conditionMatch: definition.condition_match ?? 'any',
    conditions: definition.conditions.map(keyed),
    filterMatch: definition.filter_match ?? 'all',
    filters: (definition.filters ?? []).map(keyed),
    interval: definition.interval_minutes ?? 30,
    enabled: rule.enabled,
    targets: rule.targets.map((target) => keyed(targetOf(target))),
  };
}

function targetOf({ id, type, value, subject, body }: AlertTarget): AlertTargetChange {
  return { id, type, value, subject, body };
}

/** A rule that nobody has written yet. */
export function emptyDraft(email: string): Draft {
  return {
    name: 'New issue',
    environment: '',
    conditionMatch: 'any',
    conditions: [keyed(newCondition('new_issue'))],
    filterMatch: 'all',
    filters: [],
    interval: 30,
    enabled: true,
    targets: [keyed<AlertTargetChange>({ type: 'email', value: email })],
  };
}

export function definitionOf(draft: Draft): AlertRuleDefinition {
  const environment = draft.environment.trim();
  return {
    name: draft.name.trim(),
    environment: environment === NO_ENVIRONMENT ? '' : environment || null,
    condition_match: draft.conditionMatch,
    conditions: draft.conditions.map(({ value }) => value),
    filter_match: draft.filterMatch,
    filters: draft.filters.map(({ value }) => value),
    interval_minutes: draft.interval,
  };
}

/** The targets as they are sent: without empty templates and secrets. */
export function targetsOf(draft: Draft): AlertTargetChange[] {
  return draft.targets.map(({ value: target }) => ({
    ...(target.id ? { id: target.id } : {}),
    type: target.type,
    value: target.type === 'assignee' ? '' : (target.value ?? ''),
    ...(target.subject ? { subject: target.subject } : {}),
    ...(target.body ? { body: target.body } : {}),
    ...(target.secret ? { secret: target.secret } : {}),
  }));
}

/** Whether there is enough to ask what the rule would have done. */
export function isComplete(draft: Draft): boolean {
  const isNumber = (value: number | null | undefined) =>
    value === undefined || value === null || Number.isFinite(value);
  return (
    draft.name.trim() !== '' &&
    draft.conditions.length > 0 &&
    Number.isFinite(draft.interval) &&
    draft.conditions.every(({ value }) =>
      [value.threshold, value.percent, value.window_minutes, value.before_minutes, value.minimum].every(
        isNumber,
      ),
    ) &&
    draft.filters.every(
      ({ value }) =>
        value.key !== '' &&
        [value.minutes, value.at_least].every(isNumber) &&
        (value.to === undefined ||
          value.to === null ||
          ['nobody', 'anybody'].includes(value.to) ||
          !!value.id),
    )
  );
}
