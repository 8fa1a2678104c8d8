import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { logIn, sessionQuery } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { DoorPage } from './DoorPage';
import { NewPasswordField } from './NewPasswordField';
import { invitationQuery } from './linkQueries';
import { linkTexts } from './linkTexts';
import { isTooWeak } from './strength';

const route = getRouteApi('/invitation/$token');

/** Where the link of an invitation leads: a name and a password, and one is in. */
export function InvitationPage() {
  useTitle(linkTexts.invitation);
  const { token } = route.useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data: invitation, error } = useQuery(invitationQuery(token));
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(['name', 'password'], async () => {
    await value(api.POST('/api/v1/invitations/accept', { body: { token, name: name.trim(), password } }));
    const session = await logIn(invitation?.email ?? '', password);
    queries.clear();
    queries.setQueryData(sessionQuery.queryKey, session);
    await navigate({ to: '/issues' });
  });
  if (error) {
    return (
      <DoorPage title={linkTexts.gone}>
        <p>{linkTexts.goneWords}</p>
        <Link to="/login">{linkTexts.toLogin}</Link>
      </DoorPage>
    );
  }
  if (!invitation) return null;
  return (
    <DoorPage title={linkTexts.invitation}>
      <p>{linkTexts.invitationWords(invitation.email, invitation.role)}</p>
      <form className="door-form" onSubmit={form.submit}>
        <input type="hidden" name="username" autoComplete="username" value={invitation.email} readOnly />
        <TextField
          label={linkTexts.name}
          autoComplete="name"
          required
          maxLength={200}
          value={name}
          error={form.errors['name']}
          onChange={(e) => setName(e.target.value)}
        />
        <NewPasswordField
          label={linkTexts.password}
          value={password}
          error={form.errors['password']}
          onChange={setPassword}
        />
        <FormFault>{form.fault}</FormFault>
        <Button look="primary" type="submit" busy={form.busy} disabled={isTooWeak(password)}>
          {linkTexts.accept}
        </Button>
      </form>
    </DoorPage>
  );
}
