import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { idOf } from './queries';
import { pipelineTexts } from './texts';

const { lookup } = pipelineTexts;

/** Asks the ledger for one event or envelope. */
export function Lookup({ id = '' }: { id?: string | undefined }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState(id);
  const [error, setError] = useState<string>();
  const find = (event: FormEvent) => {
    event.preventDefault();
    const wanted = idOf(typed);
    setError(wanted ? undefined : lookup.wrong);
    if (wanted) void navigate({ to: '/ledger', search: (before) => ({ ...before, id: wanted }) });
  };
  return (
    <form className="lookup" onSubmit={find} noValidate>
      <TextField
        label={lookup.label}
        hint={lookup.words}
        error={error}
        className="input mono"
        placeholder={lookup.placeholder}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
      />
      <Button look="primary" type="submit">
        {lookup.find}
      </Button>
    </form>
  );
}
