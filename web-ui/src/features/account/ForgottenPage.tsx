import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { DoorPage } from './DoorPage';
import { linkTexts } from './linkTexts';
import { accountTexts } from './texts';

/** For who has forgotten the password: asks for a link by mail, and learns nothing of who has an account. */
export function ForgottenPage() {
  useTitle(linkTexts.forgotten);
  const [email, setEmail] = useState('');
  const [isDone, setDone] = useState(false);
  const form = useForm(['email'], async () => {
    await value(api.POST('/api/v1/password-resets', { body: { email: email.trim() } }));
    setDone(true);
  });
  return (
    <DoorPage title={linkTexts.forgotten}>
      {isDone ? (
        <p role="status">{linkTexts.forgottenDone(email.trim())}</p>
      ) : (
        <form className="door-form" onSubmit={form.submit}>
          <p className="field-hint">{linkTexts.forgottenWords}</p>
          <TextField
            label={accountTexts.email}
            type="email"
            name="email"
            autoComplete="username"
            required
            value={email}
            onChange={(e) => setEmail(e.target.value)}
            error={form.errors['email']}
          />
          <FormFault>{form.fault}</FormFault>
          <Button look="primary" type="submit" busy={form.busy}>
            {linkTexts.forgottenDo}
          </Button>
        </form>
      )}
      <Link to="/login">{linkTexts.toLogin}</Link>
    </DoorPage>
  );
}
