import { type ComponentProps, type FormEvent, type ReactNode, useId, useState } from 'react';
import { RequestFailed } from '../api/client';
import './Field.css';

interface FrameProps {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value, in words. */
  error?: string | undefined;
}

type Frame = FrameProps & {
  children: (control: { id: string; describedBy: string | undefined }) => ReactNode;
};

function FieldFrame({ label, hint, error, children }: Frame) {
  const id = useId();
  const described =
    [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, describedBy: described })}
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** A line of text with its label, and what is wrong with it below it. */
export function TextField({
  label,
  hint,
  error,
  ...input
}: FrameProps & Omit<ComponentProps<'input'>, 'id'>) {
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {({ id, describedBy }) => (
        <input
          className="input"
          {...input}
          id={id}
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
        />
      )}
    </FieldFrame>
  );
}

/** Text of more than one line. */
export function TextArea({
  label,
  hint,
  error,
  ...area
}: FrameProps & Omit<ComponentProps<'textarea'>, 'id'>) {
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {({ id, describedBy }) => (
        <textarea
          className="input area"
          rows={4}
          {...area}
          id={id}
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
        />
      )}
    </FieldFrame>
  );
}

/** One of a few values. */
export function SelectField({
  label,
  hint,
  error,
  children,
  ...select
}: FrameProps & Omit<ComponentProps<'select'>, 'id'>) {
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {({ id, describedBy }) => (
        <select
          className="input"
          {...select}
          id={id}
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
        >
          {children}
        </select>
      )}
    </FieldFrame>
  );
}

/** A yes or no with its words behind it. */
export function CheckField({
  label,
  hint,
  ...input
}: { label: ReactNode; hint?: ReactNode } & Omit<ComponentProps<'input'>, 'type'>) {
  return (
    <label className="check-field">
      <input type="checkbox" className="check" {...input} />
      <span>
        {label}
        {hint && <span className="field-hint">{hint}</span>}
      </span>
    </label>
  );
}

export interface FormState {
  busy: boolean;
  /** What is wrong with each field, by the name the API gives it. */
  errors: Record<string, string>;
  /** What is wrong with the whole, or with a field that the form does not show. */
  fault: string;
  submit: (event: FormEvent) => void;
}

/**
 * A form that sends itself: no second send while one is under way, and the server's answer at the fields it names.
 *
 * @param fields the names that the form shows; faults of others are shown as faults of the whole
 */
export function useForm(fields: readonly string[], send: () => Promise<unknown>): FormState {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [fault, setFault] = useState('');
  const run = async () => {
    setBusy(true);
    setFault('');
    setErrors({});
    try {
      await send();
    } catch (e) {
      const details = e instanceof RequestFailed ? e.details : {};
      const shown = Object.entries(details).filter(([name]) => fields.includes(name));
      setErrors(Object.fromEntries(shown));
      setFault(shown.length > 0 ? '' : e instanceof Error ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) void run();
  };
  return { busy, errors, fault, submit };
}

/** What is wrong with a whole form. */
export function FormFault({ children }: { children: string }) {
  return children ? (
    <p className="field-error" role="alert">
      {children}
    </p>
  ) : null;
}
