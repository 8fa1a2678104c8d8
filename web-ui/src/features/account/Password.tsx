import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { sessionQuery, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import { NewPasswordField } from './NewPasswordField';
import { settingsTexts } from './accountTexts';
import { isTooWeak } from './strength';

/** Another password. */
export function Password() {
  const { user } = useSession();
  const queries = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const form = useForm(['current_password', 'new_password'], async () => {
    await value(
      api.PUT('/api/v1/account/password', { body: { current_password: current, new_password: next } }),
    );
    await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    setCurrent('');
    setNext('');
    toast(settingsTexts.password.changed);
  });
  return (
    <form className="sections-form" onSubmit={form.submit}>
      <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
      <TextField
        label={settingsTexts.password.current}
        type="password"
        autoComplete="current-password"
        required
        value={current}
        error={form.errors['current_password']}
        onChange={(e) => setCurrent(e.target.value)}
      />
      <NewPasswordField
        label={settingsTexts.password.next}
        value={next}
        error={form.errors['new_password']}
        onChange={setNext}
      />
      <FormFault>{form.fault}</FormFault>
      <Button look="primary" type="submit" busy={form.busy} disabled={isTooWeak(next)}>
        {settingsTexts.password.change}
      </Button>
    </form>
  );
}
