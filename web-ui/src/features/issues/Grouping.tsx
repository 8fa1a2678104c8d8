import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Event, IssueDetail, IssueHash } from '../../api/model';
import { can, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { When } from '../../ui/When';
import { exactNumber } from '../../ui/format';
import { GroupingWhy } from './GroupingWhy';
import { Section } from './Section';
import { awaitMoved } from './moved';
import { groupingQuery, hashesQuery } from './pageQueries';
import { pageTexts } from './pageTexts';

/** Why the event shown is in the issue, as long as the rules are what they were when it came. */
function Why({ event, project, hashes }: { event: Event; project: string; hashes: IssueHash[] | undefined }) {
  const asked = useQuery(groupingQuery(event.id));
  if (!asked.data) return <Missing asked={asked} rows={3} />;
  const { hash, strategy } = asked.data;
  const isHere = !hashes || hashes.some((one) => one.hash === hash && one.strategy === strategy);
  return <GroupingWhy grouping={asked.data} project={project} isHere={isHere} />;
}

/** Why the event is in the issue, and by which hashes the issue has its events, each of which can be made an issue of its own. */
export function Grouping({ issue, event }: { issue: IssueDetail; event: Event | undefined }) {
  const issueId = issue.id;
  const session = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const asked = useQuery(hashesQuery(issueId));
  const [chosen, setChosen] = useState<IssueHash | null>(null);
  const hashes = asked.data?.results ?? [];
  const takeOut = async (hash: IssueHash) => {
    const made = await value(
      api.POST('/api/v1/issues/{id}/unmerge', {
        params: { path: { id: issueId } },
        body: { hashes: [hash.hash] },
      }),
    );
    await awaitMoved(made.job.id);
    toast(pageTexts.takenOut);
    await queries.invalidateQueries({ queryKey: ['issue', issueId] });
    void navigate({ to: '/issues/$id', params: { id: made.issue_id } });
  };
  return (
    <Section id="grouping" title={pageTexts.grouping} count={hashes.length}>
      {event?.payload_kept && (
        <Why key={event.id} event={event} project={issue.project.slug} hashes={asked.data?.results} />
      )}
      {event && !event.payload_kept && <p className="meta">{pageTexts.capped.noWhy}</p>}
      {!asked.data ? (
        <Missing asked={asked} rows={2} />
      ) : (
        <ul className="card hashes" aria-label={pageTexts.hashes}>
          {hashes.map((hash) => (
            <li key={`${hash.strategy} ${hash.hash}`} className="hash">
              <span className="hash-title">
                <SdkText inList>{hash.title}</SdkText>
              </span>
              <span className="meta mono">{hash.hash.slice(0, 12)}</span>
              <span className="meta">{hash.strategy}</span>
              <span className="meta">{pageTexts.hashEvents(exactNumber(hash.events))}</span>
              <span className="meta">
                <When at={hash.last_received_at} />
              </span>
              {hashes.length > 1 && can(session, 'event:write') && (
                <Button look="quiet" onClick={() => setChosen(hash)}>
                  {pageTexts.takeOut}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Confirm
        open={chosen !== null}
        onClose={() => setChosen(null)}
        title={pageTexts.takeOutTitle}
        action={pageTexts.takeOut}
        danger={false}
        run={async () => {
          if (chosen) await takeOut(chosen);
        }}
      >
        <p>{pageTexts.takeOutWords(exactNumber(chosen?.events ?? 0))}</p>
      </Confirm>
    </Section>
  );
}
