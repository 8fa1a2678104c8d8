import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Feedback } from '../../api/model';
import { AssignMenu } from '../../app/AssignMenu';
import { can, useSession } from '../../app/session';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Copy } from '../../ui/Copy';
import { ExternalLink } from '../../ui/ExternalLink';
import { Menu } from '../../ui/Menu';
import { Pairs } from '../../ui/Pairs';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { When } from '../../ui/When';
import { bytes } from '../../ui/format';
import { type Status, STATUSES, feedbackQuery } from './queries';
import { feedbackTexts as texts } from './texts';

/** What may be shown as an image: the server has looked at the bytes; anything with markup in it is a download only. */
const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="feedback-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function About({ one }: { one: Feedback }) {
  const { facts } = texts;
  return (
    <section aria-labelledby="feedback-about">
      <h3 id="feedback-about">{facts.title}</h3>
      <dl className="feedback-facts">
        {one.email && (
          <Fact name={facts.from}>
            <SdkText inList>{one.email}</SdkText>
          </Fact>
        )}
        {one.url && (
          <Fact name={facts.page}>
            <ExternalLink href={one.url}>
              <SdkText inList>{one.url}</SdkText>
            </ExternalLink>
          </Fact>
        )}
        {one.issue && (
          <Fact name={facts.issue}>
            <Link to="/issues/$id" params={{ id: one.issue.id }}>
              <SdkText inList>{one.issue.title}</SdkText>
            </Link>
          </Fact>
        )}
        {one.event_id && (
          <Fact name={facts.event}>
            {one.issue ? (
              <Link
                to="/issues/$id"
                params={{ id: one.issue.id }}
                search={{ event: one.event_id }}
                className="mono"
              >
                {one.event_id}
              </Link>
            ) : (
              <>
                <span className="mono">{one.event_id}</span>{' '}
                <span className="meta">{facts.eventMissing}</span>
              </>
            )}
          </Fact>
        )}
        {one.trace_id && (
          <Fact name={facts.trace}>
            <span className="mono">{one.trace_id}</span>
            <Copy text={one.trace_id} label={texts.copyTrace} />
          </Fact>
        )}
        {one.replay_id && (
          <Fact name={facts.replay}>
            <span className="mono">{one.replay_id}</span>
          </Fact>
        )}
        <Fact name={facts.project}>{one.project_slug}</Fact>
        {one.environment && (
          <Fact name={facts.environment}>
            <SdkText inList>{one.environment}</SdkText>
          </Fact>
        )}
        {one.release && (
          <Fact name={facts.release}>
            <SdkText inList>{one.release}</SdkText>
          </Fact>
        )}
        {one.sdk_name && (
          <Fact name={facts.sdk}>
            <SdkText inList>{[one.sdk_name, one.sdk_version].filter(Boolean).join(' ')}</SdkText>
          </Fact>
        )}
        <Fact name={facts.received}>
          <When at={one.received_at} form="local" />
        </Fact>
        {one.changed_at && (
          <Fact name={facts.changed}>
            <When at={one.changed_at} /> {one.changed_by && facts.changedBy(one.changed_by)}
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Files({ one }: { one: Feedback }) {
  if (!one.attachments || one.attachments.length === 0) return null;
  return (
    <section aria-labelledby="feedback-files">
      <h3 id="feedback-files">{texts.attachments}</h3>
      <ul className="feedback-files">
        {one.attachments.map((file) => (
          <li key={file.id} className="card feedback-file">
            {file.content_type && IMAGES.has(file.content_type) && (
              <a href={file.url} download={file.filename}>
                <img src={file.url} alt={file.filename} loading="lazy" />
              </a>
            )}
            <a href={file.url} download={file.filename}>
              <SdkText inList>{file.filename}</SdkText>
            </a>
            <span className="meta">
              {file.content_type ?? '–'}, {bytes(file.size)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FeedbackDetailProps {
  id: string;
  setStatus: (one: Feedback, status: Status) => void;
  assign: (one: Feedback, person: { id: number } | null) => void;
}

/** One piece of feedback: what was said, by whom, about what, and what to do with it. */
export function FeedbackDetail({ id, setStatus, assign }: FeedbackDetailProps) {
  const session = useSession();
  const asked = useQuery(feedbackQuery(id));
  const one = asked.data;
  if (!one) return <Missing asked={asked} rows={4} />;
  const { actions } = texts;
  const isOpen = one.status === 'unresolved';
  const tags = Object.entries(one.tags);
  return (
    <>
      <div className="feedback-head">
        <h2>{one.name ? <SdkText inList>{one.name}</SdkText> : (one.email ?? texts.anonymous)}</h2>
        <span className="meta">
          <When at={one.timestamp} />, {texts.sources[one.source] ?? texts.source(one.source)}
        </span>
        <Badge>{texts.statuses[one.status]}</Badge>
      </div>
      {can(session, 'event:write') && (
        <div className="feedback-actions">
          <Button
            look={isOpen ? 'primary' : 'plain'}
            onClick={() => setStatus(one, isOpen ? 'resolved' : 'unresolved')}
          >
            {isOpen ? actions.resolve : actions.reopen}
          </Button>
          {one.status !== 'spam' && <Button onClick={() => setStatus(one, 'spam')}>{actions.spam}</Button>}
          <AssignMenu
            trigger={
              <Button>{one.assigned_to ? actions.assigned(one.assigned_to.name) : actions.assign}</Button>
            }
            assignee={one.assigned_to}
            assign={(person) => assign(one, person)}
          />
          <Menu
            align="end"
            trigger={<Button icon={<ChevronDown aria-hidden />}>{actions.more}</Button>}
            entries={STATUSES.map((status) => ({
              label: texts.statuses[status],
              run: () => setStatus(one, status),
              checked: one.status === status,
            }))}
          />
        </div>
      )}
      <p className="feedback-message">
        <SdkText limit={5_000}>{one.message}</SdkText>
      </p>
      <Files one={one} />
      <About one={one} />
      {tags.length > 0 && (
        <section aria-labelledby="feedback-tags">
          <h3 id="feedback-tags">{texts.tags}</h3>
          <Pairs entries={tags} label={texts.tags} />
        </section>
      )}
    </>
  );
}
