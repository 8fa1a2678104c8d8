import type { Activity, IssueDetail } from '../../api/model';
import { exactNumber } from '../../ui/format';
import { object, str } from '../../ui/untrusted';
import { stateTexts } from './stateTexts';

type Details = IssueDetail['status_details'];

const HASH_DIGITS = 12;

/** Where an issue is resolved, or what ends its being ignored, but for a time; empty for plainly and for ever. */
export function detailWords(details: Details): string {
  const { details: words } = stateTexts;
  const within = (minutes: number) => words.minutes(exactNumber(minutes));
  const said = [
    details.in_release && words.inRelease(details.in_release),
    details.in_next_release && words.inNextRelease(details.current_release ?? ''),
    details.in_commit && words.inCommit(details.in_commit.commit.slice(0, HASH_DIGITS)),
    details.auto_resolved && words.byAge,
    typeof details.ignore_count === 'number' &&
      (details.ignore_window
        ? words.eventsWithin(exactNumber(details.ignore_count), within(details.ignore_window))
        : words.events(exactNumber(details.ignore_count))),
    typeof details.ignore_user_count === 'number' &&
      (details.ignore_user_window
        ? words.usersWithin(exactNumber(details.ignore_user_count), within(details.ignore_user_window))
        : words.users(exactNumber(details.ignore_user_count))),
    details.until_escalating && words.escalating,
  ];
  return said.filter(Boolean).join(', ');
}

/** A kind of activity that tells of an issue's state and that is no change of the status by a person. */
type StateKind = Exclude<
  Activity['kind'],
  'assignee' | 'comment' | 'merge' | 'regroup' | 'regroup_undone' | 'status' | 'ticket' | 'unmerge'
>;

/** What an entry of such a kind says. */
export function stateDid(kind: StateKind, activity: Activity): string {
  const data = object(activity.data);
  const { did } = stateTexts;
  switch (kind) {
    case 'regression':
      return did.regressed(str(data['release']));
    case 'unignored':
      return did.unignored;
    case 'escalating':
      return str(data['from']) === 'unresolved' ? did.escalatingNew : did.escalating;
    case 'commit_released':
      return did.commitReleased(
        (str(data['commit']) ?? '–').slice(0, HASH_DIGITS),
        str(data['release']) ?? '–',
      );
    case 'ongoing':
      return did.ongoing;
    case 'auto_resolved':
      return did.autoResolved;
    case 'recovered':
      return did.recovered;
    case 'priority':
      return did.priority(str(data['to']) ?? '–');
  }
}
