import { Link, getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { FormFault, useForm } from '../../ui/Field';
import { DoorPage } from './DoorPage';
import { NewPasswordField } from './NewPasswordField';
import { linkTexts } from './linkTexts';
import { isTooWeak } from './strength';
import { accountTexts } from './texts';

const route = getRouteApi('/password-reset/$token');

/** Where the link of a password reset leads. */
export function PasswordResetPage() {
  useTitle(linkTexts.reset);
  const { token } = route.useParams();
  const [password, setPassword] = useState('');
  const [isDone, setDone] = useState(false);
  const form = useForm(['password'], async () => {
    await value(api.POST('/api/v1/password-resets/accept', { body: { token, password } }));
    setDone(true);
  });
  return (
    <DoorPage title={linkTexts.reset}>
      {isDone ? (
        <>
          <p>{linkTexts.resetDone}</p>
          <Link to="/login">{linkTexts.toLogin}</Link>
        </>
      ) : (
        <form className="door-form" onSubmit={form.submit}>
          <NewPasswordField
            label={accountTexts.next}
            value={password}
            error={form.errors['password']}
            onChange={setPassword}
          />
          <FormFault>{form.fault}</FormFault>
          <Button look="primary" type="submit" busy={form.busy} disabled={isTooWeak(password)}>
            {linkTexts.resetDo}
          </Button>
        </form>
      )}
    </DoorPage>
  );
}
