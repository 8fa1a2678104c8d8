import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { AlertSource } from '../../api/model';
import { can, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { Once } from '../../ui/Once';
import { When } from '../../ui/When';
import { Webhooks } from './Webhooks';
import { alertSourcesQuery } from './webhookQueries';
import { webhookTexts } from './webhookTexts';

const { sources: texts } = webhookTexts;

function AlertSources({ mayChange }: { mayChange: boolean }) {
  const queries = useQueryClient();
  const sources = useQuery(alertSourcesQuery);
  const [name, setName] = useState('');
  const [made, setMade] = useState<AlertSource>();
  const [removing, setRemoving] = useState<AlertSource>();
  const refresh = () => queries.invalidateQueries({ queryKey: alertSourcesQuery.queryKey });
  const form = useForm(['name'], async () => {
    setMade(await value(api.POST('/api/v1/alert-sources', { body: { name: name.trim() } })));
    setName('');
    await refresh();
  });
  return (
    <>
      <p className="meta">{texts.words}</p>
      {made?.secret && <Once words={texts.once} secret={made.secret} copy={webhookTexts.copy} />}
      {mayChange && (
        <form className="card sections-form facts" onSubmit={form.submit}>
          <h2>{texts.add}</h2>
          <TextField
            label={texts.name}
            required
            maxLength={100}
            value={name}
            error={form.errors['name']}
            onChange={(e) => setName(e.target.value)}
          />
          <FormFault>{form.fault}</FormFault>
          <Button look="primary" type="submit" busy={form.busy}>
            {texts.add}
          </Button>
        </form>
      )}
      <Facts
        title={texts.list}
        none={webhookTexts.none}
        heads={[
          { name: texts.name },
          { name: texts.url },
          { name: texts.last },
          ...(mayChange ? [{ name: '' }] : []),
        ]}
        rows={sources.data}
        asked={sources}
        rowKey={(one) => one.id}
        cells={(one) => [
          one.name,
          <code key="url">{one.url}</code>,
          one.last_received_at ? <When key="last" at={one.last_received_at} /> : webhookTexts.never,
          ...(mayChange
            ? [
                <Button key="remove" onClick={() => setRemoving(one)}>
                  {webhookTexts.remove}
                </Button>,
              ]
            : []),
        ]}
      />
      <Confirm
        open={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={texts.removeTitle(removing?.name ?? '')}
        action={webhookTexts.remove}
        run={async () => {
          if (removing)
            await value(api.DELETE('/api/v1/alert-sources/{id}', { params: { path: { id: removing.id } } }));
          await refresh();
        }}
      >
        <p>{texts.removeWords}</p>
      </Confirm>
    </>
  );
}

/** What is told in all projects, and who tells us. */
export function OrganizationWebhooks() {
  const mayChange = can(useSession(), 'org:write');
  return (
    <>
      <Webhooks mayChange={mayChange} />
      <AlertSources mayChange={mayChange} />
    </>
  );
}
