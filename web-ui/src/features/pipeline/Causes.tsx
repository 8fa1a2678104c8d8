import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeadLetterCause } from '../../api/model';
import { projectsQuery } from '../../app/queries';
import { can, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { toast } from '../../ui/Toasts';
import { Count } from '../../ui/Count';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { When } from '../../ui/When';
import { Discard } from './Discard';
import { Facts } from '../../ui/Facts';
import { items, useDeadLetterActions } from './actions';
import { causesQuery } from './queries';
import { pipelineTexts } from './texts';

const { dead, causes: texts } = pipelineTexts;

function keyOf(cause: DeadLetterCause): string {
  return `${cause.reason}/${cause.stage}/${cause.project_id ?? ''}`;
}

function CauseActions({ cause }: { cause: DeadLetterCause }) {
  const actions = useDeadLetterActions();
  const [isDiscarding, setDiscarding] = useState(false);
  const [busy, setBusy] = useState(false);
  const retry = async () => {
    setBusy(true);
    try {
      await actions.retryCause(cause);
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className="row-actions">
      <Button busy={busy} title={dead.retryWords} onClick={() => void retry()}>
        {dead.retryAll(items(cause.count))}
      </Button>
      <Button look="quiet" onClick={() => setDiscarding(true)}>
        {dead.discard}
      </Button>
      {isDiscarding && (
        <Discard
          what={items(cause.count)}
          onClose={() => setDiscarding(false)}
          run={(because) => actions.discardCause(cause, because)}
        />
      )}
    </span>
  );
}

/** Open dead letters by what they failed of, the most frequent first. */
export function CauseTable({ brief = false }: { brief?: boolean }) {
  const session = useSession();
  const asked = useQuery(causesQuery);
  const { data: projects = [] } = useQuery(projectsQuery);
  const mayDecide = can(session, 'event:admin');
  const causes = asked.data;
  if (!causes) return <Missing asked={asked} rows={3} />;
  if (brief) {
    if (causes.length === 0) return <p className="meta">{texts.none}</p>;
    return (
      <ol className="causes-brief">
        {causes.slice(0, 5).map((cause) => (
          <li key={keyOf(cause)}>
            <Count value={cause.count} />
            <SdkText inList>{cause.example_cause}</SdkText>
          </li>
        ))}
      </ol>
    );
  }
  return (
    <Facts
      title={dead.byCause}
      none={texts.none}
      heads={[
        { name: dead.cause },
        { name: dead.stage },
        { name: dead.items, end: true },
        { name: dead.project },
        { name: dead.first },
        { name: dead.last },
        ...(mayDecide ? [{ name: '' }] : []),
      ]}
      rows={causes}
      rowKey={keyOf}
      cells={(cause) => [
        <span key="cause" className="cause">
          <span className="mono">{cause.reason}</span>
          <span className="meta">
            <SdkText inList>{cause.example_cause}</SdkText>
          </span>
        </span>,
        cause.stage,
        <Count key="items" value={cause.count} />,
        projects.find((project) => project.id === cause.project_id)?.name ?? '–',
        <When key="first" at={cause.oldest} />,
        <When key="last" at={cause.newest} />,
        ...(mayDecide ? [<CauseActions key="actions" cause={cause} />] : []),
      ]}
    />
  );
}
