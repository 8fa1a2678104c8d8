import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RegroupPart } from '../../api/model';
import { Badge } from '../../ui/Badge';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { topFrames } from './regroupFrames';
import { framesQuery } from './regroupQueries';
import { regroupTexts as texts } from './regroupTexts';

/** Where the latest event failed. */
function Frames({ eventId }: { eventId: string }) {
  const asked = useQuery(framesQuery(eventId));
  if (!asked.data) return <Missing asked={asked} rows={2} />;
  const frames = topFrames(asked.data.stacktrace.frames);
  if (frames.length === 0) return <p className="meta">{texts.noFrames}</p>;
  return (
    <ol className="mono">
      {frames.map(({ place, name }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- frames have no other identity than their place
        <li key={index}>
          <SdkText inList>{place}</SdkText>
          {name && (
            <>
              <span className="meta"> {texts.in} </span>
              <SdkText inList>{name}</SdkText>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

/** One of the issues that become one, or that one becomes. */
export function RegroupPartCard({ part, stays }: { part: RegroupPart; stays: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="regroup-part">
      <p className="regroup-part-head">
        <b>
          <SdkText inList>{part.title}</SdkText>
        </b>
        {part.issue_id === null ? (
          <Badge tone="info">{texts.newIssue}</Badge>
        ) : (
          <Link to="/issues/$id" params={{ id: part.issue_id }}>
            {texts.issue(part.issue_id)}
          </Link>
        )}
        {stays && <Badge tone="good">{texts.stays}</Badge>}
      </p>
      <p className="meta">
        {part.culprit && (
          <span className="mono">
            <SdkText inList>{part.culprit}</SdkText>
          </span>
        )}{' '}
        {texts.events(part.events)}{' '}
        <Link to="/events/$id" params={{ id: part.latest_event_id }}>
          {texts.latest}
        </Link>
      </p>
      <details onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>{texts.frames}</summary>
        {isOpen && <Frames eventId={part.latest_event_id} />}
      </details>
    </li>
  );
}
