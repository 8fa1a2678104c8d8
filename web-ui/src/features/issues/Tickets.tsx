import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { IssueDetail, Ticket } from '../../api/model';
import { can, useSession } from '../../app/session';
import { Button, IconButton } from '../../ui/Button';
import { ExternalLink } from '../../ui/ExternalLink';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import { linkTexts as texts } from './linkTexts';
import { ticketFormQuery, ticketsQuery } from './pageQueries';

function useRefresh(issueId: number) {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ticketsQuery(issueId).queryKey }),
      queries.invalidateQueries({ queryKey: ['activity', issueId] }),
    ]);
}

interface KeepProps {
  issueId: number;
  close: () => void;
}

function KeepForm({ issueId, close }: KeepProps) {
  const [url, setUrl] = useState('');
  const refresh = useRefresh(issueId);
  const form = useForm(['url'], async () => {
    const params = { path: { id: issueId } };
    await value(api.POST('/api/v1/issues/{id}/tickets', { params, body: { url: url.trim() } }));
    await refresh();
    close();
  });
  return (
    <form className="ticket-form" onSubmit={form.submit}>
      <TextField
        label={texts.address}
        hint={texts.addressHint}
        type="url"
        required
        maxLength={2000}
        value={url}
        error={form.errors['url']}
        onChange={(e) => setUrl(e.target.value)}
      />
      <FormFault>{form.fault}</FormFault>
      <div className="comment-actions">
        <Button look="primary" type="submit" busy={form.busy}>
          {texts.keep}
        </Button>
        <Button look="quiet" onClick={close}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  );
}

interface OneProps {
  issueId: number;
  ticket: Ticket;
  mayChange: boolean;
}

function One({ issueId, ticket, mayChange }: OneProps) {
  const refresh = useRefresh(issueId);
  const remove = async () => {
    try {
      const path = { id: issueId, ticket: ticket.id };
      await value(api.DELETE('/api/v1/issues/{id}/tickets/{ticket}', { params: { path } }));
    } catch (e) {
      toast(texts.notRemoved(e instanceof Error ? e.message : String(e)));
    }
    await refresh();
  };
  return (
    <li className="ticket">
      <ExternalLink href={ticket.url}>{ticket.url.replace(/^https?:\/\//, '')}</ExternalLink>
      {mayChange && (
        <IconButton label={texts.remove(ticket.url)} onClick={() => void remove()}>
          <X aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

/** The tickets of an issue elsewhere: those that are kept, and the way to a new one. */
export function Tickets({ issue }: { issue: IssueDetail }) {
  const session = useSession();
  const mayChange = can(session, 'event:write');
  const { data } = useQuery(ticketsQuery(issue.id));
  const { data: form } = useQuery(ticketFormQuery(issue.id));
  const [isKeeping, setKeeping] = useState(false);
  const tickets = data?.results ?? [];
  if (!mayChange && tickets.length === 0) return null;
  return (
    <section className="issue-links" aria-labelledby="tickets">
      <h2 id="tickets">{texts.tickets}</h2>
      {tickets.length > 0 && (
        <ul>
          {tickets.map((ticket) => (
            <One key={ticket.id} issueId={issue.id} ticket={ticket} mayChange={mayChange} />
          ))}
        </ul>
      )}
      {mayChange && (
        <div className="ticket-actions">
          {form?.url && (
            <ExternalLink
              href={form.url}
              className="button button-plain"
              label={`${texts.newTicket}: ${texts.newTicketHint}`}
              onClick={() => setKeeping(true)}
            >
              {texts.newTicket}
            </ExternalLink>
          )}
          {!isKeeping && (
            <Button look="quiet" onClick={() => setKeeping(true)}>
              {texts.keepExisting}
            </Button>
          )}
          {form && !form.url && can(session, 'project:write') && (
            <Link
              to="/projects/$slug/settings/$section"
              params={{ slug: issue.project.slug, section: 'repository' }}
            >
              {texts.setRepository}
            </Link>
          )}
        </div>
      )}
      {mayChange && isKeeping && <KeepForm issueId={issue.id} close={() => setKeeping(false)} />}
    </section>
  );
}
