import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { whenSessionIsLost } from '../api/client';
import { texts } from '../texts/en';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { FormFault, TextField, useForm } from '../ui/Field';
import './SessionLost.css';
import { logIn, sessionQuery, useSession } from './session';

/** Asks for the password over the page when the session has ended, so that nothing that was typed is lost. */
export function SessionLost() {
  const session = useSession();
  const queries = useQueryClient();
  const [lost, setLost] = useState(false);
  const [password, setPassword] = useState('');
  const email = session.user.email;
  useEffect(() => {
    whenSessionIsLost(() => setLost(true));
    return () => whenSessionIsLost(() => {});
  }, []);
  const form = useForm(['password'], async () => {
    const again = await logIn(email, password);
    queries.setQueryData(sessionQuery.queryKey, again);
    setLost(false);
    setPassword('');
    await queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  });
  return (
    <Dialog open={lost} onClose={() => {}} title={texts.session.lost} width="narrow">
      <form className="session-lost" onSubmit={form.submit}>
        <p>{texts.session.lostWords}</p>
        <TextField label={texts.session.email} value={email} readOnly autoComplete="username" />
        <TextField
          label={texts.session.password}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(e) => setPassword(e.target.value)}
          error={form.errors['password']}
        />
        <FormFault>{form.fault}</FormFault>
        <Button look="primary" type="submit" busy={form.busy}>
          {texts.session.logIn}
        </Button>
      </form>
    </Dialog>
  );
}
