import type { AlertCondition, AlertFilter, AlertTargetChange } from '../../api/model';

/** The words of the API, in the order in which they are offered. */
export const CONDITION_TYPES: readonly AlertCondition['type'][] = [
  'new_issue',
  'regression',
  'unignored',
  'frequency',
  'increase',
  'every_event',
  'crash_free_below',
  'spike',
];

export const FILTER_TYPES: readonly AlertFilter['type'][] = [
  'level',
  'tag',
  'attribute',
  'release',
  'latest_release',
  'age',
  'occurrences',
  'assigned',
];

export const LEVELS = ['fatal', 'error', 'warning', 'info', 'debug'] as const;

export const OPERATORS = [
  'equals',
  'not_equals',
  'starts_with',
  'not_starts_with',
  'ends_with',
  'not_ends_with',
  'contains',
  'not_contains',
  'set',
  'not_set',
  'in',
  'not_in',
] as const;

export const ATTRIBUTES = [
  'message',
  'platform',
  'environment',
  'type',
  'error.handled',
  'error.unhandled',
  'exception.type',
  'exception.value',
  'user.id',
  'user.email',
  'user.username',
  'user.ip_address',
  'http.method',
  'http.url',
  'http.status_code',
  'sdk.name',
  'stacktrace.code',
  'stacktrace.module',
  'stacktrace.filename',
  'stacktrace.abs_path',
  'stacktrace.package',
] as const;

export const TARGET_TYPES: readonly AlertTargetChange['type'][] = [
  'email',
  'user',
  'team',
  'assignee',
  'slack',
  'mattermost',
  'discord',
  'ms_teams',
  'webhook',
  'sentry_webhook',
  'sentry_plugin',
];
