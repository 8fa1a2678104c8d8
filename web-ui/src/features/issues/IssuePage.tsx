import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Event, FrameLink, IssueDetail } from '../../api/model';
import { useTitle } from '../../app/useTitle';
import { RequestFailed } from '../../api/client';
import { Fault, Missing, Skeleton, State } from '../../ui/State';
import { useHotkeys } from '../../ui/hotkeys';
import { list, values } from '../../ui/untrusted';
import { ActivitySection } from './ActivitySection';
import { Breadcrumbs } from './Breadcrumbs';
import { CappedDays, OnlyCounted } from './CappedDays';
import { Changed, changeCount } from './Changed';
import { Attachments, ContextSections, RequestSection } from './EventData';
import { EventBar, type IndexEntry } from './EventBar';
import { Fate } from './Fate';
import { Grouping } from './Grouping';
import { IssueAside } from './IssueAside';
import { IssueFeedback } from './IssueFeedback';
import { IssueHead } from './IssueHead';
import './IssuePage.css';
import { RawJson } from './RawJson';
import { SimilarIssues } from './SimilarIssues';
import { SpikeNote } from './SpikeNote';
import { type FrameMode, StackTrace } from './StackTrace';
import { requestOf } from './curl';
import { TraceSection } from './TraceSection';
import { keepCurrent, neighbour } from './list';
import { codeQuery, eventQuery, groupingQuery, issueQuery } from './pageQueries';
import { pageTexts } from './pageTexts';
import { similarTexts } from './similarTexts';

const route = getRouteApi('/shell/issues/$id');
const MODE_KEY = 'resentry.frames';
const NO_LINKS: readonly FrameLink[] = [];

function indexOf(event: Event): IndexEntry[] {
  const crumbs = values(event.breadcrumbs).length;
  const changed = changeCount(event);
  return [
    { id: 'trace', title: event.payload_kept ? pageTexts.traceShort : pageTexts.capped.title },
    ...(crumbs > 0 ? [{ id: 'breadcrumbs', title: pageTexts.breadcrumbs, count: crumbs }] : []),
    ...(requestOf(event) ? [{ id: 'request', title: pageTexts.request }] : []),
    { id: 'tags', title: pageTexts.tags, count: Object.keys(event.tags).length },
    ...(list(event.attachments).length > 0
      ? [{ id: 'attachments', title: pageTexts.attachments, count: event.attachments.length }]
      : []),
    ...(changed > 0 ? [{ id: 'changed', title: pageTexts.changes.title, count: changed }] : []),
    { id: 'activity', title: pageTexts.activity },
    { id: 'grouping', title: pageTexts.grouping },
    { id: 'similar', title: similarTexts.title },
    { id: 'fate', title: pageTexts.fate },
  ];
}

function modeOf(asked: FrameMode | undefined): FrameMode {
  const kept = localStorage.getItem(MODE_KEY);
  return asked ?? (kept === 'all' || kept === 'raw' ? kept : 'app');
}

function EventParts({ issue, event }: { issue: IssueDetail; event: Event }) {
  const { frames } = route.useSearch();
  const navigate = useNavigate({ from: '/issues/$id' });
  const mode = modeOf(frames);
  const setMode = (next: FrameMode) => {
    localStorage.setItem(MODE_KEY, next);
    void navigate({
      search: (before) => ({ ...before, frames: next === 'app' ? undefined : next }),
      resetScroll: false,
    });
  };
  useHotkeys([
    {
      keys: 'f',
      label: pageTexts.keys.frames,
      group: pageTexts.keys.group,
      run: () => setMode(mode === 'all' ? 'app' : 'all'),
    },
  ]);
  const index = useMemo(() => indexOf(event), [event]);
  const { data: grouping } = useQuery({ ...groupingQuery(event.id), enabled: event.payload_kept });
  const { data: code } = useQuery({ ...codeQuery(event.id), enabled: event.payload_kept });
  return (
    <>
      <EventBar event={event} index={index} />
      {event.payload_kept ? (
        <StackTrace
          event={event}
          grouping={grouping}
          links={code?.links ?? NO_LINKS}
          mode={mode}
          setMode={setMode}
        />
      ) : (
        <OnlyCounted issue={issue} event={event} />
      )}
      <Breadcrumbs key={event.id} event={event} />
      <TraceSection event={event} />
      <RequestSection event={event} />
      <ContextSections event={event} />
      <Attachments event={event} />
      <Changed key={`changed ${event.id}`} event={event} />
    </>
  );
}

function Body({ issue }: { issue: IssueDetail }) {
  const { event: wanted } = route.useSearch();
  const asked = useQuery(eventQuery(issue.id, wanted ?? 'latest'));
  const { data: event, error } = asked;
  const navigate = useNavigate();
  const go = (step: 1 | -1) => {
    const to = neighbour(issue.id, step);
    if (to === undefined) return;
    keepCurrent(to);
    void navigate({ to: '/issues/$id', params: { id: to } });
  };
  const { group } = pageTexts.keys;
  useHotkeys([
    { keys: 'n', label: pageTexts.keys.next, group, run: () => go(1) },
    { keys: 'p', label: pageTexts.keys.previous, group, run: () => go(-1) },
    { keys: 'u', label: pageTexts.keys.back, group, run: () => void navigate({ to: '/issues' }) },
  ]);
  const isGone = error instanceof RequestFailed && error.status === 404;
  return (
    <div className="page issue-page">
      <IssueHead issue={issue} event={event} />
      <SpikeNote issue={issue} />
      <CappedDays issue={issue} />
      <div className="issue-body">
        <div className="issue-main">
          {event ? (
            <EventParts issue={issue} event={event} />
          ) : isGone ? (
            <State title={pageTexts.noEvent} />
          ) : (
            <Missing asked={asked} rows={8} />
          )}
          <IssueFeedback issueId={issue.id} />
          <ActivitySection issueId={issue.id} />
          <Grouping issue={issue} event={event} />
          <SimilarIssues issue={issue} />
          {event && (
            <>
              <Fate eventId={event.id} />
              <RawJson key={event.id} event={event} />
            </>
          )}
        </div>
        <IssueAside issue={issue} event={event} />
      </div>
    </div>
  );
}

/** One issue: what broke, where, what led to it, whom it hit, and what to do about it. */
export function IssuePage() {
  const { id } = route.useParams();
  const { data: issue, error, refetch } = useQuery(issueQuery(id));
  useTitle(issue?.title ?? pageTexts.issues);
  if (issue) return <Body issue={issue} />;
  return error ? <Fault whole error={error} retry={() => void refetch()} /> : <Skeleton />;
}
