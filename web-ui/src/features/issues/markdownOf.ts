import type { Event, IssueDetail } from '../../api/model';
import { utcTime } from '../../ui/format';
import { exceptionsOf, rawTrace } from './frames';

/** The issue for a ticket or a chat. A fence longer than any in the text keeps the text inside. */
export function markdownOf(issue: IssueDetail, event: Event | undefined, link: string): string {
  const trace = event ? rawTrace(exceptionsOf(event)) : '';
  const longest = Math.max(2, ...[...trace.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const facts = [
    ['Project', issue.project.name],
    ['Level', issue.level],
    ['Events', String(issue.events_total)],
    ['Users', String(issue.users_total)],
    ['First seen', utcTime(new Date(issue.first_seen))],
    ['Last seen', utcTime(new Date(issue.last_seen))],
    ['Release', event?.release],
    ['Environment', event?.environment],
  ].filter(([, value]) => value);
  return [
    `## ${issue.title.replaceAll('\n', ' ')}`,
    link,
    facts.map(([name, value]) => `- ${name}: ${value}`).join('\n'),
    trace && `${fence}\n${trace}\n${fence}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}
