import { describe, expect, it } from 'vitest';
import type { AlertRule } from '../../api/model';
import {
  definitionOf,
  draftOf,
  emptyDraft,
  isComplete,
  keyed,
  newFilter,
  targetsOf,
  valuesFor,
} from './draft';
import { faultFields, faultOf } from './faults';

const RULE: AlertRule = {
  id: 1,
  project: { id: 1, slug: 'shop', name: 'Shop' },
  enabled: true,
  rule: {
    name: 'Many',
    environment: '',
    condition_match: 'all',
    conditions: [{ type: 'frequency', measure: 'users', threshold: 9, reaches: true, window_minutes: 5 }],
    filter_match: 'none',
    filters: [{ type: 'tag', key: 'browser', operator: 'in', values: ['a', 'b'] }],
    interval_minutes: 60,
  },
  targets: [
    { id: 7, type: 'webhook', value: 'https://a.example', subject: null, body: 'x', has_secret: true },
  ],
  sentence: '',
  cannot_fire: [],
  warnings: [],
  revision: 1,
  created_by: 'a@b.c',
  created_at: '2026-11-18T10:00:00Z',
  updated_at: '2026-11-18T10:00:00Z',
  last_fired_at: null,
  fired_by_day: [],
  last_failure: null,
};

describe('the draft of a rule', () => {
  it('is the rule again, events without an environment too', () => {
    expect(definitionOf(draftOf(RULE))).toEqual(RULE.rule);
  });

  it('keeps a secret by saying nothing of it', () => {
    expect(targetsOf(draftOf(RULE))).toEqual([
      { id: 7, type: 'webhook', value: 'https://a.example', body: 'x' },
    ]);
  });

  it('is complete once every number and name is there', () => {
    const draft = emptyDraft('a@b.c');
    expect(isComplete(draft)).toBe(true);
    expect(isComplete({ ...draft, interval: Number.NaN })).toBe(false);
    expect(isComplete({ ...draft, name: ' ' })).toBe(false);
    expect(isComplete({ ...draft, filters: [keyed(newFilter('tag'))] })).toBe(false);
    expect(isComplete({ ...draft, filters: [keyed({ type: 'assigned', to: 'user' })] })).toBe(false);
  });

  it('has as many values as the operator wants', () => {
    expect(valuesFor('equals', ['a', 'b'])).toEqual(['a']);
    expect(valuesFor('in', ['a'])).toEqual(['a']);
    expect(valuesFor('set', ['a'])).toEqual([]);
    expect(valuesFor('contains', [])).toEqual(['']);
  });

  it('shows the faults that the API finds in its parts', () => {
    expect(faultFields(draftOf(RULE))).toContain('rule.conditions[0].threshold');
    expect(faultOf({ 'targets[1].value': 'no', 'targets[11].value': 'other' }, 'targets[1]')).toBe(
      'value: no',
    );
    expect(faultOf({}, 'targets[0]')).toBeUndefined();
  });
});
