import type { ReactNode } from 'react';
import { span } from '../../ui/format';

/** A line of a sentence with fields in it. */
export function Inline({ children }: { children: ReactNode }) {
  return <div className="alert-inline">{children}</div>;
}

interface SelectProps<T extends string> {
  label: string;
  value: T;
  words: readonly (readonly [T, string])[];
  change: (value: T) => void;
}

/** One of some words in a sentence. */
export function Select<T extends string>({ label, value, words, change }: SelectProps<T>) {
  return (
    <select
      className="input alert-select"
      aria-label={label}
      value={value}
      onChange={(e) => {
        const chosen = words.find(([word]) => word === e.target.value);
        if (chosen) change(chosen[0]);
      }}
    >
      {words.map(([word, shown]) => (
        <option key={word} value={word}>
          {shown}
        </option>
      ))}
    </select>
  );
}

interface NumberProps {
  label: string;
  value: number | null | undefined;
  change: (value: number) => void;
  least?: number;
  step?: number | 'any';
}

/** A number in a sentence; one that is not there yet is no number. */
export function NumberField({ label, value, change, least = 1, step = 1 }: NumberProps) {
  return (
    <input
      type="number"
      className="input alert-number"
      aria-label={label}
      min={least}
      step={step}
      required
      value={value === undefined || value === null || Number.isNaN(value) ? '' : value}
      onChange={(e) => change(e.target.valueAsNumber)}
    />
  );
}

const MAX_MINUTES = 43_200;
const USUAL = [1, 5, 10, 15, 30, 60, 240, 1_440, 10_080, MAX_MINUTES];

/** A number of minutes, for which the usual ones are offered. */
export function MinutesField(props: Omit<NumberProps, 'least' | 'step'>) {
  const id = `minutes-${props.label.replaceAll(/\W+/g, '-')}`;
  const { label, value, change } = props;
  return (
    <>
      <input
        type="number"
        className="input alert-number"
        aria-label={label}
        min={1}
        max={MAX_MINUTES}
        required
        list={id}
        value={value === undefined || value === null || Number.isNaN(value) ? '' : value}
        onChange={(e) => change(e.target.valueAsNumber)}
      />
      <datalist id={id}>
        {USUAL.map((minutes) => (
          <option key={minutes} value={minutes}>
            {span(minutes * 60)}
          </option>
        ))}
      </datalist>
    </>
  );
}

interface TextProps {
  label: string;
  value: string;
  change: (value: string) => void;
  placeholder?: string;
}

/** A text in a sentence. */
export function Text({ label, value, change, placeholder }: TextProps) {
  return (
    <input
      className="input alert-text"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      onChange={(e) => change(e.target.value)}
    />
  );
}
