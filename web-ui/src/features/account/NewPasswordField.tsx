import { TextField } from '../../ui/Field';
import { MIN_LENGTH, strengthOf } from './strength';
import { accountTexts } from './texts';

interface NewPasswordFieldProps {
  label: string;
  name?: string;
  value: string;
  error: string | undefined;
  onChange: (password: string) => void;
}

/** A password that somebody thinks up, with a word on how good it is. */
export function NewPasswordField({ value, onChange, ...field }: NewPasswordFieldProps) {
  return (
    <TextField
      {...field}
      type="password"
      autoComplete="new-password"
      required
      minLength={MIN_LENGTH}
      hint={accountTexts.strength[strengthOf(value)] || accountTexts.nextHint}
      value={value}
      onChange={(e) => onChange(e.target.value)}
    />
  );
}
