import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { logIn, sessionQuery } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { DoorPage } from './DoorPage';
import { linkTexts } from './linkTexts';
import { insideOnly } from './next';
import { firstLoginQuery } from './queries';
import { accountTexts } from './texts';

const route = getRouteApi('/login');

/** Where everybody comes in. */
export function LoginPage() {
  useTitle(accountTexts.login);
  const { next } = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const { data: isFirst } = useQuery(firstLoginQuery);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(['email', 'password'], async () => {
    const session = await logIn(email.trim(), password);
    queries.clear();
    queries.setQueryData(sessionQuery.queryKey, session);
    router.history.push(insideOnly(next));
  });
  return (
    <DoorPage title={accountTexts.login}>
      <form className="door-form" onSubmit={form.submit}>
        <TextField
          label={accountTexts.email}
          type="email"
          name="email"
          autoComplete="username"
          required
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has nothing else to begin with
          autoFocus
          value={email}
          onChange={(e) => setEmail(e.target.value)}
          error={form.errors['email']}
        />
        <TextField
          label={accountTexts.password}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(e) => setPassword(e.target.value)}
          error={form.errors['password']}
        />
        <FormFault>{form.fault}</FormFault>
        <Button look="primary" type="submit" busy={form.busy}>
          {accountTexts.login}
        </Button>
      </form>
      <Link to="/forgotten">{linkTexts.forgotten}</Link>
      {isFirst && <p className="field-hint">{accountTexts.firstLogin}</p>}
    </DoorPage>
  );
}
