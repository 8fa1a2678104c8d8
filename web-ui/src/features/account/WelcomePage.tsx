import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { sessionQuery } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { DoorPage } from './DoorPage';
import { NewPasswordField } from './NewPasswordField';
import { insideOnly } from './next';
import { isTooWeak } from './strength';
import { accountTexts } from './texts';

const route = getRouteApi('/welcome');

/** A password of one's own in place of the printed one. */
export function WelcomePage() {
  useTitle(accountTexts.welcome);
  const { next } = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(['current_password', 'new_password'], async () => {
    await value(
      api.PUT('/api/v1/account/password', {
        body: { current_password: current, new_password: password },
      }),
    );
    await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    router.history.push(insideOnly(next));
  });
  return (
    <DoorPage title={accountTexts.welcome}>
      <p>{accountTexts.welcomeWords}</p>
      <form className="door-form" onSubmit={form.submit}>
        <input
          type="hidden"
          name="username"
          autoComplete="username"
          value={session?.user.email ?? ''}
          readOnly
        />
        <TextField
          label={accountTexts.current}
          type="password"
          name="current"
          autoComplete="current-password"
          required
          value={current}
          onChange={(e) => setCurrent(e.target.value)}
          error={form.errors['current_password']}
        />
        <NewPasswordField
          label={accountTexts.next}
          name="new"
          value={password}
          error={form.errors['new_password']}
          onChange={setPassword}
        />
        <FormFault>{form.fault}</FormFault>
        <Button look="primary" type="submit" busy={form.busy} disabled={isTooWeak(password)}>
          {accountTexts.keep}
        </Button>
      </form>
    </DoorPage>
  );
}
