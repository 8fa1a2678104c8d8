import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { Button, IconButton } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { moved } from './fields';
import { eventTexts } from './texts';

interface FieldListProps {
  label: string;
  fields: readonly string[];
  onChange: (fields: string[]) => void;
  most: number;
  /** Whether the last one may go too. */
  mayBeEmpty?: boolean;
}

/** Fields in their order: moved and removed by buttons. */
export function FieldList({ label, fields, onChange, most, mayBeEmpty = false }: FieldListProps) {
  return (
    <ol className="field-list" aria-label={`${label} (${fields.length}/${most})`}>
      {fields.map((field, index) => {
        const words = eventTexts.column(field);
        return (
          <li key={field} className="field-entry">
            <span className="field-words" title={field}>
              {words}
            </span>
            <IconButton
              label={eventTexts.earlier(words)}
              disabled={index === 0}
              onClick={() => onChange(moved(fields, field, -1))}
            >
              <ArrowUp aria-hidden />
            </IconButton>
            <IconButton
              label={eventTexts.later(words)}
              disabled={index === fields.length - 1}
              onClick={() => onChange(moved(fields, field, 1))}
            >
              <ArrowDown aria-hidden />
            </IconButton>
            <IconButton
              label={eventTexts.remove(words)}
              disabled={fields.length === 1 && !mayBeEmpty}
              onClick={() => onChange(fields.filter((one) => one !== field))}
            >
              <X aria-hidden />
            </IconButton>
          </li>
        );
      })}
    </ol>
  );
}

interface FieldInputProps {
  label: string;
  /** What is offered; anything else can be written. */
  known: readonly string[];
  onAdd: (field: string) => void;
  disabled?: boolean;
}

/** A line for the name of a field or the key of a tag. */
export function FieldInput({ label, known, onAdd, disabled }: FieldInputProps) {
  const [words, setWords] = useState('');
  const list = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const field = words.trim();
    if (!field) return;
    onAdd(known.find((one) => one === field || eventTexts.column(one) === field) ?? field);
    setWords('');
  };
  return (
    <form className="field-input" onSubmit={submit}>
      <TextField
        label={label}
        list={list}
        value={words}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        onChange={(event) => setWords(event.target.value)}
      />
      <datalist id={list}>
        {known.map((field) => (
          <option key={field} value={field}>
            {eventTexts.column(field)}
          </option>
        ))}
      </datalist>
      <Button type="submit" disabled={disabled || words.trim() === ''}>
        {eventTexts.add}
      </Button>
    </form>
  );
}
