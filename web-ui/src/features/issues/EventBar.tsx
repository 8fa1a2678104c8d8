import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Event } from '../../api/model';
import { IconButton } from '../../ui/Button';
import { Copy } from '../../ui/Copy';
import { When } from '../../ui/When';
import { useHotkeys } from '../../ui/hotkeys';
import { pageTexts } from './pageTexts';

const route = getRouteApi('/shell/issues/$id');

export interface IndexEntry {
  id: string;
  title: string;
  count?: number;
}

/** Which event is shown, its neighbours, and where on the page its parts are. It stays in sight. */
export function EventBar({ event, index }: { event: Event; index: readonly IndexEntry[] }) {
  const { id } = route.useParams();
  const navigate = useNavigate();
  const go = (to: string | null) => {
    if (to)
      void navigate({
        to: '/issues/$id',
        params: { id },
        search: (before) => ({ ...before, event: to }),
        resetScroll: false,
      });
  };
  const { group } = pageTexts.keys;
  useHotkeys([
    { keys: '[', label: pageTexts.older, group, run: () => go(event.previous_event_id) },
    { keys: ']', label: pageTexts.newer, group, run: () => go(event.next_event_id) },
  ]);
  return (
    <div className="event-bar">
      <div className="event-bar-event">
        <IconButton
          label={pageTexts.older}
          keys="["
          disabled={!event.previous_event_id}
          onClick={() => go(event.previous_event_id)}
        >
          <ChevronLeft aria-hidden />
        </IconButton>
        <IconButton
          label={pageTexts.newer}
          keys="]"
          disabled={!event.next_event_id}
          onClick={() => go(event.next_event_id)}
        >
          <ChevronRight aria-hidden />
        </IconButton>
        <Link
          to="/issues/$id"
          params={{ id }}
          search={(before) => ({ ...before, event: 'oldest' })}
          resetScroll={false}
        >
          {pageTexts.oldest}
        </Link>
        <Link
          to="/issues/$id"
          params={{ id }}
          search={(before) => ({ ...before, event: undefined })}
          resetScroll={false}
        >
          {pageTexts.latest}
        </Link>
        <Link to="/issues/$id/events" params={{ id }}>
          {pageTexts.allEvents}
        </Link>
        <code title={event.id}>{event.id.slice(0, 8)}</code>
        <Copy text={event.id} label={pageTexts.copyId} />
        <span className="meta">
          <When at={event.timestamp} form="local" />
        </span>
      </div>
      <nav className="event-bar-index" aria-label={pageTexts.sections}>
        {index.map((entry) => (
          <a key={entry.id} href={`#${entry.id}`}>
            {entry.title}
            {entry.count !== undefined && <span> {entry.count}</span>}
          </a>
        ))}
      </nav>
    </div>
  );
}
