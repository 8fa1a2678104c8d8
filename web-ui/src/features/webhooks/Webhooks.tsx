import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Webhook } from '../../api/model';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { CheckField, FormFault, SelectField, TextField, useForm } from '../../ui/Field';
import { Once } from '../../ui/Once';
import { toast } from '../../ui/Toasts';
import { webhooksQuery } from './webhookQueries';
import { webhookTexts as texts } from './webhookTexts';

type EventName = keyof typeof texts.event;
const EVENTS = Object.keys(texts.event) as EventName[];
const FORMS = ['lean', 'sentry', 'plugin'] as const;
const TONES = { waiting: 'quiet', delivered: 'good', dead: 'error', suppressed: 'warning' } as const;

function NewWebhook({ project, added }: { project: number | undefined; added: (one: Webhook) => void }) {
  const [url, setUrl] = useState('');
  const [kind, setKind] = useState<Webhook['form']>('lean');
  const [events, setEvents] = useState<readonly EventName[]>(['issue.created', 'issue.regressed']);
  const form = useForm(['url', 'form'], async () => {
    const body = { url: url.trim(), form: kind, events: [...events], ...(project && { project }) };
    added(await value(api.POST('/api/v1/webhooks', { body })));
    setUrl('');
  });
  return (
    <form className="card sections-form facts" onSubmit={form.submit}>
      <h2>{texts.add}</h2>
      <TextField
        label={texts.url}
        type="url"
        required
        maxLength={2000}
        value={url}
        error={form.errors['url']}
        onChange={(e) => setUrl(e.target.value)}
      />
      <SelectField
        label={texts.form}
        value={kind}
        error={form.errors['form']}
        onChange={(e) => setKind(FORMS.find((one) => one === e.target.value) ?? 'lean')}
      >
        {FORMS.map((one) => (
          <option key={one} value={one}>
            {texts.forms[one]}
          </option>
        ))}
      </SelectField>
      <fieldset className="plain-fieldset">
        <legend className="field-label">{texts.events}</legend>
        {EVENTS.map((one) => (
          <CheckField
            key={one}
            label={texts.event[one]}
            checked={events.includes(one)}
            onChange={(e) =>
              setEvents(EVENTS.filter((each) => (each === one ? e.target.checked : events.includes(each))))
            }
          />
        ))}
      </fieldset>
      <FormFault>{form.fault}</FormFault>
      <Button look="primary" type="submit" busy={form.busy} disabled={events.length === 0}>
        {texts.send}
      </Button>
    </form>
  );
}

/** Webhooks of a project, or without one those of all projects, and a form to make one. */
export function Webhooks({ project, mayChange }: { project?: number; mayChange: boolean }) {
  const queries = useQueryClient();
  const webhooks = useQuery(webhooksQuery(project));
  const [made, setMade] = useState<Webhook>();
  const [removing, setRemoving] = useState<Webhook>();
  const refresh = () => queries.invalidateQueries({ queryKey: webhooksQuery(project).queryKey });
  const attempt = async (call: () => Promise<unknown>, done?: string) => {
    try {
      await call();
      if (done) toast(done);
      await refresh();
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    }
  };
  const change = ({ id, url, form, events, enabled }: Webhook) =>
    attempt(() =>
      value(
        api.PUT('/api/v1/webhooks/{id}', {
          params: { path: { id } },
          body: { url, form, events, enabled: !enabled },
        }),
      ),
    );
  const test = ({ id }: Webhook) =>
    attempt(() => value(api.POST('/api/v1/webhooks/{id}/test', { params: { path: { id } } })), texts.tested);
  return (
    <>
      <p className="meta">{project ? texts.words : texts.wordsAll}</p>
      {made?.secret && <Once words={texts.once} secret={made.secret} copy={texts.copy} />}
      {mayChange && (
        <NewWebhook
          project={project}
          added={(one) => {
            setMade(one);
            void refresh();
          }}
        />
      )}
      <Facts
        title={texts.list}
        none={texts.none}
        heads={[
          { name: texts.url },
          { name: texts.form },
          { name: texts.events },
          { name: texts.last },
          ...(mayChange ? [{ name: '' }] : []),
        ]}
        rows={webhooks.data?.filter((one) => project || !one.project)}
        asked={webhooks}
        rowKey={(one) => one.id}
        cells={(one) => [
          <span key="url">
            {one.url} {!one.enabled && <Badge tone="quiet">{texts.off}</Badge>}
          </span>,
          texts.forms[one.form],
          one.events.map((event) => texts.event[event as EventName] ?? event).join(', '),
          one.last ? (
            <Badge key="last" tone={TONES[one.last.state]}>
              {texts.states[one.last.state]}
            </Badge>
          ) : (
            texts.never
          ),
          ...(mayChange
            ? [
                <span key="actions" className="sections-row">
                  <Button onClick={() => void test(one)}>{texts.test}</Button>
                  <Button onClick={() => void change(one)}>
                    {one.enabled ? texts.turnOff : texts.turnOn}
                  </Button>
                  <Button onClick={() => setRemoving(one)}>{texts.remove}</Button>
                </span>,
              ]
            : []),
        ]}
      />
      <Confirm
        open={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={texts.removeTitle}
        action={texts.remove}
        run={async () => {
          if (removing)
            await value(api.DELETE('/api/v1/webhooks/{id}', { params: { path: { id: removing.id } } }));
          await refresh();
        }}
      >
        <p>{texts.removeWords}</p>
      </Confirm>
    </>
  );
}
