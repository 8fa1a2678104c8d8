import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { DeadLetter, DeadLetterAttempt, Path } from '../../api/model';
import { can, useSession } from '../../app/session';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Drawer } from '../../ui/Dialog';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { When } from '../../ui/When';
import { exactNumber } from '../../ui/format';
import '../../ui/Facts.css';
import { Discard } from './Discard';
import { items, useDeadLetterActions } from './actions';
import { letterQuery } from './queries';
import { pipelineTexts } from './texts';

const { dead } = pipelineTexts;

function History({ attempts }: { attempts: readonly DeadLetterAttempt[] }) {
  if (attempts.length === 0) return <p className="meta">{dead.noHistory}</p>;
  return (
    <ol className="attempts">
      {attempts.map((attempt) => (
        <li key={attempt.number}>
          <b>{dead.result(attempt.number, attempt.by)}</b> <When at={attempt.at} />{' '}
          <Badge tone={attempt.result === 'dead' ? 'error' : 'good'}>{attempt.result}</Badge>
          {attempt.cause && (
            <p>
              <SdkText>{attempt.cause}</SdkText>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function Where({ letter }: { letter: DeadLetter }) {
  return (
    <dl className="fact-list">
      <dt>{dead.stage}</dt>
      <dd>
        {letter.stage}: <span className="mono">{letter.reason}</span>
      </dd>
      <dt>{dead.where}</dt>
      <dd className="mono">{dead.place(letter.topic, letter.partition, exactNumber(letter.offset))}</dd>
      <dt>{dead.itemPosition}</dt>
      <dd>{letter.item_position ?? dead.wholeRecord}</dd>
      <dt>{dead.envelope}</dt>
      <dd className="mono">
        {letter.envelope_id ? (
          <Link to="/ledger" search={{ id: letter.envelope_id.replaceAll('-', '') }}>
            {letter.envelope_id}
          </Link>
        ) : (
          '–'
        )}
      </dd>
      <dt>{dead.event}</dt>
      <dd className="mono">
        {letter.event_id ? (
          <Link to="/ledger" search={{ id: letter.event_id }}>
            {letter.event_id}
          </Link>
        ) : (
          '–'
        )}
      </dd>
      {letter.resolution && (
        <>
          <dt>{dead.resolution}</dt>
          <dd>
            <SdkText>{dead.decided(letter.resolution, letter.resolved_by ?? '–')}</SdkText>{' '}
            <When at={letter.resolved_at} />
          </dd>
        </>
      )}
    </dl>
  );
}

function Decide({ letter }: { letter: DeadLetter }) {
  const session = useSession();
  const actions = useDeadLetterActions();
  const [isDiscarding, setDiscarding] = useState(false);
  const retry = async () => {
    try {
      await actions.retry(letter.id);
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    }
  };
  const isOpen = letter.state === 'open';
  const mayDecide = isOpen && can(session, 'event:admin');
  return (
    <div className="row-actions">
      {mayDecide && (
        <Button look="primary" onClick={() => void retry()}>
          {dead.retry}
        </Button>
      )}
      {letter.state !== 'discarded' && can(session, 'project:admin') && (
        <a
          className="button button-plain"
          href={('/api/v1/dead-letters/{id}/raw' satisfies Path).replace('{id}', String(letter.id))}
          download={`dead-letter-${letter.id}.bin`}
        >
          {dead.download}
        </a>
      )}
      {mayDecide && (
        <Button look="quiet" onClick={() => setDiscarding(true)}>
          {dead.discard}
        </Button>
      )}
      {isDiscarding && (
        <Discard
          what={items(1)}
          onClose={() => setDiscarding(false)}
          run={(because) => actions.discard(letter.id, because)}
        />
      )}
    </div>
  );
}

/** One dead letter: what failed, where, what was tried. */
export function LetterDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const asked = useQuery(letterQuery(id));
  const letter = asked.data;
  return (
    <Drawer open onClose={onClose} title={dead.title(id)}>
      {letter ? (
        <div className="letter">
          <p className="letter-cause">
            <SdkText>{letter.cause}</SdkText>
          </p>
          <Decide letter={letter} />
          <Where letter={letter} />
          {letter.exception && (
            <section>
              <h3>{dead.exception}</h3>
              <pre className="letter-exception">
                <SdkText limit={4_000}>{letter.exception}</SdkText>
              </pre>
            </section>
          )}
          <section>
            <h3>{dead.history}</h3>
            <History attempts={letter.history} />
          </section>
        </div>
      ) : (
        <Missing asked={asked} rows={4} />
      )}
    </Drawer>
  );
}
