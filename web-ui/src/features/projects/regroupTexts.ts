import type { Regroup } from '../../api/model';
import { counted } from '../../ui/format';

/** "412 issues become 388". */
function become(before: number, after: number): string {
  return `${counted(before, 'issue')} ${before === 1 ? 'becomes' : 'become'} ${after.toLocaleString('en')}`;
}

/** "source maps of shop@1.4.0": whose events they fit, the first three. */
function sourceMaps(releases: string[]): string {
  const named = releases.filter((release) => release !== '');
  if (named.length === 0) return 'source maps';
  const more = named.length > 3 ? ` and ${counted(named.length - 3, 'other')}` : '';
  return `source maps of ${named.slice(0, 3).join(', ')}${more}`;
}

export const regroupTexts = {
  why: (regroup: Pick<Regroup, 'cause' | 'releases'>) =>
    regroup.cause === 'rules' ? 'rules' : sourceMaps(regroup.releases),
  cause: 'Because of',
  readable: (count: number) => `${counted(count, 'event')} readable`,
  title: (id: number) => `Regroup ${id}`,
  back: (project: string) => `Grouping of ${project}`,
  list: 'Regroups',
  listWords:
    'What was stored before, put under other rules, or made readable by source maps that came after it.',
  none: 'No regroup yet.',
  heads: {
    id: 'Id',
    cause: 'Because of',
    state: 'State',
    events: 'Events',
    issues: 'Issues',
    who: 'Who',
    at: 'When',
  },
  states: {
    previewing: 'Being previewed',
    previewed: 'Preview',
    applying: 'Being applied',
    applied: 'Applied',
    undoing: 'Being undone',
    undone: 'Undone',
    failed: 'Failed',
    cancelled: 'Cancelled',
  } satisfies Record<Regroup['state'], string>,
  preview: {
    title: 'Preview on stored events',
    words:
      'Shows what the rules above would make of the events of the last days: how many issues would become how many, which would merge and which would split. Nothing is changed until the regroup is applied.',
    days: 'Days',
    action: 'Preview',
  },
  become,
  sums: (events: number, merged: number, split: number) =>
    `${counted(events, 'event')}; ${counted(merged, 'issue goes', 'issues go')} into others, ${counted(split, 'new issue')}`,
  same: 'Every event stays in its issue.',
  range: 'Events that arrived',
  strategy: 'Strategy',
  by: 'Asked for by',
  applied: 'Applied',
  undone: 'Undone',
  rules: 'Its rules',
  noRules: '(none)',
  failure: 'It failed',
  edit: 'Edit the rules',
  cancel: 'Cancel',
  apply: 'Apply',
  applyTitle: (id: number) => `Apply regroup ${id}?`,
  applyWords: {
    rules: 'Its rules become those of the project, for stored events of its days and for events from now on.',
    kept: 'Issues keep their ids, states, assignees and comments; of those that become one, that with the most events stays. Nothing alerts.',
    undo: 'It can be undone until the rules are changed again, for 30 days.',
  },
  undo: 'Undo',
  undoTitle: (id: number) => `Undo regroup ${id}?`,
  undoWords:
    'The former rules come back, with the issues that were merged and the events that moved. Nothing alerts.',
  undoReadableWords:
    'The events become minified again, with the titles and the issues that they had. What arrives from now on is still made readable as long as the source maps are there. Nothing alerts.',
  started: 'It is under way',
  cannotApply:
    'It cannot be applied now: the rules of the project have changed since, source maps have changed its events, or another regroup is under way.',
  merge: 'Merged',
  split: 'Split',
  noneOf: { merge: 'No issue is merged.', split: 'No issue is split.' },
  before: 'Before',
  after: 'After',
  more: 'Show more',
  issue: (id: number) => `#${id}`,
  newIssue: 'New',
  stays: 'Stays',
  events: (count: number) => counted(count, 'event'),
  others: (count: number) => `and ${counted(count, 'other')}`,
  latest: 'Latest event',
  frames: 'Where it failed',
  noFrames: 'Its latest event has no stack trace.',
  in: 'in',
};
