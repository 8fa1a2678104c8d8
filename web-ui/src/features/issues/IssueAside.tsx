import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Event, IssueDetail, IssueTag } from '../../api/model';
import { useDeploymentMarks } from '../../app/deployments';
import { present } from '../../app/search';
import { Marks } from '../../ui/Marks';
import { SdkText } from '../../ui/SdkText';
import { Sparkline } from '../../ui/Sparkline';
import { When } from '../../ui/When';
import { texts } from '../../texts/en';
import { exactNumber } from '../../ui/format';
import { CHART_DAYS, DAY_MILLIS, chartFrom, inScopeQuery, statsQuery, tagsQuery } from './pageQueries';
import { IssueAlerts } from './IssueAlerts';
import { PriorityMenu } from './PriorityMenu';
import { SuspectCommits } from './SuspectCommits';
import { Tickets } from './Tickets';
import { pageTexts } from './pageTexts';
import { stateTexts } from './stateTexts';

const route = getRouteApi('/shell/issues/$id');
const SHADES = ['tag-bar-1', 'tag-bar-2', 'tag-bar-3'];

/** The share of all events, not only of those that have the tag. */
function share(events: number, all: number): string {
  return all === 0 ? '–' : `${Math.round((events / all) * 100)} %`;
}

function TagBar({ tag, all }: { tag: IssueTag; all: number }) {
  const top = tag.values[0];
  const words = tag.values.map((one) => pageTexts.tagShare(one.value.slice(0, 80), share(one.events, all)));
  if (tag.events < all) words.push(pageTexts.tagShare(pageTexts.notSet, share(all - tag.events, all)));
  if (!top) return null;
  return (
    <li className="tag-row" title={words.join('\n')}>
      <span className="tag-row-key">
        <SdkText inList>{tag.key}</SdkText>
      </span>
      <span className="tag-bar" aria-hidden="true">
        {tag.values.slice(0, SHADES.length).map((one, index) => (
          <span
            key={one.value}
            className={SHADES[index]}
            style={{ width: `${all === 0 ? 0 : (one.events / all) * 100}%` }}
          />
        ))}
      </span>
      <span className="tag-row-share">{share(top.events, all)}</span>
      <span className="tag-row-value meta">
        <SdkText inList limit={80}>
          {top.value}
        </SdkText>
      </span>
    </li>
  );
}

/** How much, how many, since when, and of what kind. */
export function IssueAside({ issue, event }: { issue: IssueDetail; event: Event | undefined }) {
  const search = route.useSearch();
  const { data: days } = useQuery(statsQuery(issue.id, search.environment));
  const { data: inScope } = useQuery(inScopeQuery(issue.id, search));
  const { data: tags } = useQuery(tagsQuery(issue.id));
  const from = chartFrom();
  const marks = useDeploymentMarks(
    present({
      project: [issue.project.slug],
      environment: search.environment === undefined ? undefined : [search.environment],
      start: new Date(from).toISOString(),
    }),
  );
  const facts = [
    [pageTexts.first, <When key="first" at={issue.first_seen} />],
    [pageTexts.last, <When key="last" at={issue.last_seen} />],
    ...(issue.first_release
      ? [
          [
            pageTexts.firstRelease,
            <SdkText key="a" inList>
              {issue.first_release}
            </SdkText>,
          ] as const,
        ]
      : []),
    ...(issue.last_release
      ? [
          [
            pageTexts.lastRelease,
            <SdkText key="b" inList>
              {issue.last_release}
            </SdkText>,
          ] as const,
        ]
      : []),
    [stateTexts.priority, <PriorityMenu key="c" issue={issue} />],
    [pageTexts.assignee, issue.assignee ? issue.assignee.name || issue.assignee.email : pageTexts.nobody],
    ...(issue.environments.length > 0
      ? [[pageTexts.environments, issue.environments.join(', ')] as const]
      : []),
  ] as const;
  return (
    <aside className="issue-aside" aria-label={pageTexts.aside}>
      <div className="issue-figures">
        <p>
          <b className="issue-figure">{inScope ? exactNumber(inScope.events) : '–'}</b>
          <span className="meta">{pageTexts.events}</span>
          <span className="meta">{pageTexts.inAll(exactNumber(issue.events_total))}</span>
        </p>
        <p>
          <b className="issue-figure">{inScope ? exactNumber(inScope.users) : '–'}</b>
          <span className="meta">{pageTexts.users}</span>
          <span className="meta">{pageTexts.inAll(exactNumber(issue.users_total))}</span>
        </p>
      </div>
      {days && (
        <figure className="month">
          <div className="month-bars">
            <Sparkline
              values={days}
              width={300}
              height={56}
              label={`${pageTexts.chart}: ${days.join(', ')}`}
            />
            <Marks
              label={texts.chart.deployments}
              marks={marks}
              from={from}
              to={from + CHART_DAYS * DAY_MILLIS}
            />
          </div>
          <figcaption className="meta">{pageTexts.chart}</figcaption>
        </figure>
      )}
      <dl className="issue-facts">
        {facts.map(([name, words]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <IssueAlerts issue={issue} />
      <Tickets key={`tickets ${issue.id}`} issue={issue} />
      {event?.payload_kept && <SuspectCommits issue={issue} eventId={event.id} />}
      {tags && tags.tags.length > 0 && (
        <section className="issue-tag-bars" aria-labelledby="tag-bars">
          <h2 id="tag-bars">{pageTexts.tags}</h2>
          <ul className="tag-bars">
            {tags.tags.map((tag) => (
              <TagBar key={tag.key} tag={tag} all={issue.events_total} />
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}
