import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { Once } from '../../ui/Once';
import { Missing } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { QrCode } from './QrCode';
import { secondFactorQuery } from './accountQueries';
import { settingsTexts } from './accountTexts';

const { secondFactor: texts } = settingsTexts;

interface PasswordFieldProps {
  value: string;
  error: string | undefined;
  onChange: (password: string) => void;
}

function PasswordField({ value, error, onChange }: PasswordFieldProps) {
  return (
    <TextField
      label={settingsTexts.password.current}
      type="password"
      autoComplete="current-password"
      required
      value={value}
      error={error}
      onChange={(e) => onChange(e.target.value)}
    />
  );
}

function CodeField({ label, value, error, onChange }: PasswordFieldProps & { label: string }) {
  return (
    <TextField
      label={label}
      autoComplete="one-time-code"
      maxLength={40}
      required
      value={value}
      error={error}
      onChange={(e) => onChange(e.target.value)}
    />
  );
}

/** The first step: who one is, and then what the app has to know. */
function Start({ begun }: { begun: (secret: { secret: string; uri: string }) => void }) {
  const [password, setPassword] = useState('');
  const form = useForm(['password'], async () => {
    begun(await value(api.POST('/api/v1/account/second-factor', { body: { password } })));
  });
  return (
    <form className="sections-form" onSubmit={form.submit}>
      <PasswordField value={password} error={form.errors['password']} onChange={setPassword} />
      <FormFault>{form.fault}</FormFault>
      <Button look="primary" type="submit" busy={form.busy}>
        {texts.start}
      </Button>
    </form>
  );
}

interface ConfirmStepProps {
  secret: string;
  uri: string;
  confirmed: (codes: readonly string[]) => void;
}

/** The second step: the app takes the secret in, and shows a first code. */
function ConfirmStep({ secret, uri, confirmed }: ConfirmStepProps) {
  const [code, setCode] = useState('');
  const form = useForm(['code'], async () => {
    const answer = await value(api.POST('/api/v1/account/second-factor/confirm', { body: { code } }));
    confirmed(answer.recovery_codes);
  });
  return (
    <form className="sections-form" onSubmit={form.submit}>
      <p>{texts.scan}</p>
      <QrCode text={uri} label={texts.qrCode} />
      <Once words={texts.typed} secret={secret} copy={texts.copySecret} />
      <CodeField label={texts.firstCode} value={code} error={form.errors['code']} onChange={setCode} />
      <FormFault>{form.fault}</FormFault>
      <Button look="primary" type="submit" busy={form.busy}>
        {texts.confirm}
      </Button>
    </form>
  );
}

function SwitchOff({ done }: { done: () => Promise<unknown> }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const form = useForm(['password', 'code'], async () => {
    await value(api.POST('/api/v1/account/second-factor/disable', { body: { password, code } }));
    await done();
    toast(texts.isOff);
  });
  return (
    <form className="sections-form" onSubmit={form.submit}>
      <h2>{texts.switchOff}</h2>
      <PasswordField value={password} error={form.errors['password']} onChange={setPassword} />
      <CodeField label={texts.code} value={code} error={form.errors['code']} onChange={setCode} />
      <FormFault>{form.fault}</FormFault>
      <Button look="danger" type="submit" busy={form.busy}>
        {texts.switchOff}
      </Button>
    </form>
  );
}

/** Both steps, until the recovery codes are there. */
export function SetUp({ done }: { done: (recovery: readonly string[]) => void }) {
  const [begun, setBegun] = useState<{ secret: string; uri: string }>();
  return begun ? <ConfirmStep {...begun} confirmed={done} /> : <Start begun={setBegun} />;
}

/** Codes that are shown once. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return <Once words={texts.recovery} secret={codes.join('\n')} copy={texts.copyCodes} />;
}

/** An app whose codes a login asks for besides the password. */
export function SecondFactor() {
  const queries = useQueryClient();
  const state = useQuery(secondFactorQuery);
  const [codes, setCodes] = useState<readonly string[]>();
  const refresh = () => queries.invalidateQueries({ queryKey: secondFactorQuery.queryKey });
  if (!state.data) return <Missing asked={state} rows={3} />;
  return (
    <>
      <p className="meta">{texts.words}</p>
      <p>
        <Badge tone={state.data.on ? 'good' : 'quiet'}>{state.data.on ? texts.on : texts.off}</Badge>{' '}
        {state.data.on && texts.left(state.data.recovery_codes_left)}
      </p>
      {codes && <RecoveryCodes codes={codes} />}
      {state.data.on && (
        <SwitchOff
          done={() => {
            setCodes(undefined);
            return refresh();
          }}
        />
      )}
      {!state.data.on && (
        <SetUp
          done={(made) => {
            setCodes(made);
            void refresh();
          }}
        />
      )}
    </>
  );
}
