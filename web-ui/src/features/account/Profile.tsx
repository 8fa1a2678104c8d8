import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { sessionQuery, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { CheckField, FormFault, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import { setSingleKeys, singleKeysOn } from '../../ui/hotkeys';
import { Identities } from './Identities';
import { settingsTexts } from './accountTexts';

/** Who one is, and what one's keys do. */
export function Profile() {
  const { user } = useSession();
  const queries = useQueryClient();
  const [name, setName] = useState(user.name);
  const [keysOn, setKeysOn] = useState(singleKeysOn);
  const form = useForm(['name'], async () => {
    await value(api.PATCH('/api/v1/account', { body: { name: name.trim() } }));
    await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    toast(settingsTexts.saved);
  });
  const profile = (
    <form className="sections-form" onSubmit={form.submit}>
      <dl className="fact-list">
        <dt>{settingsTexts.email}</dt>
        <dd>{user.email}</dd>
        <dt>{settingsTexts.role}</dt>
        <dd>{user.role}</dd>
      </dl>
      <TextField
        label={settingsTexts.name}
        maxLength={200}
        autoComplete="name"
        value={name}
        error={form.errors['name']}
        onChange={(e) => setName(e.target.value)}
      />
      <FormFault>{form.fault}</FormFault>
      <Button look="primary" type="submit" busy={form.busy}>
        {settingsTexts.save}
      </Button>
      <CheckField
        label={settingsTexts.singleKeys}
        hint={settingsTexts.singleKeysHint}
        checked={keysOn}
        onChange={(e) => {
          setSingleKeys(e.target.checked);
          setKeysOn(e.target.checked);
        }}
      />
    </form>
  );
  return (
    <>
      {profile}
      <Identities />
    </>
  );
}
