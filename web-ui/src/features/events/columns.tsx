import { Link } from '@tanstack/react-router';
import type { EventSummary } from '../../api/model';
import type { Column } from '../../ui/DataTable';
import { LevelMark } from '../../ui/LevelMark';
import { SdkText } from '../../ui/SdkText';
import { When } from '../../ui/When';
import type { ColumnName } from './queries';
import { eventTexts } from './texts';

/** Who an event happened to, as the tag says that the processor makes of the user. */
function userOf(event: EventSummary): string | undefined {
  const user = event.tags['user'];
  return user?.replace(/^(id|email|username|ip):/, '');
}

function optional(text: string | null | undefined) {
  return text ? <SdkText inList>{text}</SdkText> : <span className="meta">–</span>;
}

type Shape = Omit<Column<EventSummary>, 'name' | 'head'>;

const SHAPES: Record<Exclude<ColumnName, 'project'>, Shape> = {
  time: { width: '172px', from: 'tablet', cell: (event) => <When at={event.timestamp} form="local" /> },
  level: { width: '20px', cell: (event) => <LevelMark level={event.level} /> },
  title: {
    width: 'minmax(200px, 2fr)',
    cell: (event) => (
      <Link
        className="event-link"
        to="/issues/$id"
        params={{ id: event.issue_id }}
        search={{ event: event.id }}
        preload="intent"
      >
        <SdkText inList>{event.title}</SdkText>
      </Link>
    ),
  },
  culprit: { width: 'minmax(140px, 1fr)', from: 'tablet', cell: (event) => optional(event.culprit) },
  environment: { width: '110px', from: 'tablet', cell: (event) => optional(event.environment) },
  release: { width: '140px', from: 'desk', cell: (event) => optional(event.release) },
  user: { width: '150px', from: 'desk', cell: (event) => optional(userOf(event)) },
  platform: { width: '100px', from: 'tablet', cell: (event) => optional(event.platform) },
  message: { width: 'minmax(140px, 1fr)', from: 'tablet', cell: (event) => optional(event.message) },
  received: { width: '172px', cell: (event) => <When at={event.received_at} form="local" /> },
  id: {
    width: '90px',
    from: 'tablet',
    cell: (event) => <code title={event.id}>{event.id.slice(0, 8)}</code>,
  },
};

/** The chosen columns, in the chosen order. */
export function eventColumns(
  names: readonly ColumnName[],
  slugs: ReadonlyMap<number, string>,
): Column<EventSummary>[] {
  return names.map((name) => {
    const head =
      name === 'level' ? (
        <span className="sr-only">{eventTexts.columns.level}</span>
      ) : (
        eventTexts.columns[name]
      );
    if (name === 'project') {
      return {
        name,
        head,
        width: '110px',
        from: 'tablet',
        cell: (event) => <span className="mono">{slugs.get(event.project_id) ?? event.project_id}</span>,
      };
    }
    return { name, head, ...SHAPES[name] };
  });
}
