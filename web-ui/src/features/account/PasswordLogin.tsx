import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { RequestFailed } from '../../api/client';
import { logIn, sessionQuery } from '../../app/session';
import { Button } from '../../ui/Button';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { insideOnly } from './next';
import { accountTexts } from './texts';

/** E-mail and password, and then a code of who has a second factor. */
export function PasswordLogin({ next }: { next: string | undefined }) {
  const router = useRouter();
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string>();
  const form = useForm(['email', 'password', 'code'], async () => {
    try {
      const session = await logIn(email.trim(), password, code);
      queries.clear();
      queries.setQueryData(sessionQuery.queryKey, session);
      router.history.push(insideOnly(next));
    } catch (e) {
      const isAskedForCode = code === undefined && e instanceof RequestFailed && 'code' in e.details;
      if (!isAskedForCode) throw e;
      setCode('');
    }
  });
  return (
    <form className="door-form" onSubmit={form.submit}>
      {code === undefined ? (
        <>
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
        </>
      ) : (
        <>
          <p>{accountTexts.codeWords(email.trim())}</p>
          <TextField
            label={accountTexts.code}
            hint={accountTexts.codeHint}
            name="code"
            autoComplete="one-time-code"
            maxLength={40}
            required
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- nothing else is asked for in this step
            autoFocus
            value={code}
            onChange={(e) => setCode(e.target.value)}
            error={form.errors['code']}
          />
        </>
      )}
      <FormFault>{form.fault}</FormFault>
      <Button look="primary" type="submit" busy={form.busy}>
        {accountTexts.login}
      </Button>
      {code !== undefined && (
        <Button
          onClick={() => {
            setCode(undefined);
            setPassword('');
          }}
        >
          {accountTexts.otherLogin}
        </Button>
      )}
    </form>
  );
}
