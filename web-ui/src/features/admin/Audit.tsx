import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { AuditEntry } from '../../api/model';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Dialog } from '../../ui/Dialog';
import { TextField } from '../../ui/Field';
import { SdkText } from '../../ui/SdkText';
import { Fault, Skeleton, State } from '../../ui/State';
import { When } from '../../ui/When';
import { shown } from '../../ui/untrusted';
import { auditQuery } from './queries';
import { adminTexts } from './texts';

const { audit: texts } = adminTexts;
const route = getRouteApi('/shell/admin/$section');

function columns(open: (entry: AuditEntry) => void): Column<AuditEntry>[] {
  return [
    { name: 'at', head: texts.at, width: '90px', cell: (entry) => <When at={entry.at} /> },
    {
      name: 'who',
      head: texts.who,
      width: 'minmax(120px, 220px)',
      cell: (entry) => entry.actor.email,
    },
    {
      name: 'what',
      head: texts.what,
      width: 'minmax(120px, 200px)',
      cell: (entry) => (
        <button type="button" className="link-button" onClick={() => open(entry)}>
          {entry.action}
        </button>
      ),
    },
    {
      name: 'object',
      head: texts.object,
      width: 'minmax(120px, 1fr)',
      from: 'tablet',
      cell: (entry) => (
        <SdkText inList>
          {[entry.object_type, entry.object_name || entry.object_id].filter(Boolean).join(' ')}
        </SdkText>
      ),
    },
    { name: 'via', head: texts.via, width: '90px', from: 'desk', cell: (entry) => entry.via },
    {
      name: 'from',
      head: texts.from,
      width: '130px',
      from: 'desk',
      cell: (entry) => entry.ip_address ?? '–',
    },
  ];
}

function Change({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const sides = [
    [texts.before, entry.before],
    [texts.after, entry.after],
  ] as const;
  return (
    <Dialog open onClose={onClose} title={texts.title(entry.action)} width="wide">
      {sides.map(([name, value]) => (
        <section key={name}>
          <h3>{name}</h3>
          <pre className="audit-value">
            <SdkText limit={20_000}>{value === null || value === undefined ? '–' : shown(value)}</SdkText>
          </pre>
        </section>
      ))}
    </Dialog>
  );
}

/** Everything that people change: who, when, from where, what. */
export function Audit() {
  const { action } = route.useSearch();
  const navigate = useNavigate({ from: '/admin/$section' });
  const [typed, setTyped] = useState(action ?? '');
  const [open, setOpen] = useState<AuditEntry>();
  const answer = useInfiniteQuery(auditQuery(action));
  const entries = useMemo(() => answer.data?.pages.flatMap((page) => page.results) ?? [], [answer.data]);
  const shownColumns = useMemo(() => columns(setOpen), []);
  return (
    <>
      <form
        className="sections-row"
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ search: (before) => ({ ...before, action: typed.trim() || undefined }) });
        }}
      >
        <TextField
          label={texts.action}
          placeholder="project.changed"
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
        />
        <Button type="submit">{texts.what}</Button>
      </form>
      {answer.isPending ? (
        <Skeleton rows={8} height={36} />
      ) : answer.data === undefined ? (
        <Fault error={answer.error} retry={() => void answer.refetch()} />
      ) : entries.length === 0 ? (
        <State title={texts.none} />
      ) : (
        <div className="card admin-list">
          <DataTable
            label={texts.list}
            columns={shownColumns}
            rows={entries}
            rowKey={(entry) => entry.id}
            onEnd={
              answer.hasNextPage && !answer.isFetchingNextPage ? () => void answer.fetchNextPage() : undefined
            }
          />
        </div>
      )}
      {open && <Change entry={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}
