import { useMemo, useState } from 'react';
import { RuleEditor } from '../../ui/RuleEditor';
import { groupingTexts as texts } from './groupingTexts';
import { type RuleField, type RuleTexts, faultOf } from './ruleFaults';

interface OneProps {
  field: RuleField;
  label: string;
  hint: string;
  rules: RuleTexts;
  change: (rules: RuleTexts) => void;
  error: string | undefined;
  readOnly: boolean;
}

/** A fault is shown as long as the text is the one that has it. */
function One({ field, label, hint, rules, change, error, readOnly }: OneProps) {
  const [judged, setJudged] = useState<{ error: string; text: string }>();
  const text = rules[field];
  if (error !== undefined && judged?.error !== error) setJudged({ error, text });
  if (error === undefined && judged) setJudged(undefined);
  const fault = useMemo(() => faultOf(judged?.error), [judged]);
  return (
    <RuleEditor
      label={label}
      hint={hint}
      value={text}
      change={(next) => change({ ...rules, [field]: next })}
      fault={judged?.text === text ? fault : undefined}
      readOnly={readOnly}
    />
  );
}

interface RuleEditorsProps {
  rules: RuleTexts;
  change: (rules: RuleTexts) => void;
  /** Of the last time they were sent. */
  errors: Record<string, string>;
  readOnly: boolean;
}

/** The editors of the two kinds of rules. */
export function RuleEditors({ rules, change, errors, readOnly }: RuleEditorsProps) {
  return (
    <>
      <One
        field="fingerprint_rules"
        label={texts.fingerprint}
        hint={texts.fingerprintHint}
        rules={rules}
        change={change}
        error={errors['fingerprint_rules']}
        readOnly={readOnly}
      />
      <One
        field="stacktrace_rules"
        label={texts.stacktrace}
        hint={texts.stacktraceHint}
        rules={rules}
        change={change}
        error={errors['stacktrace_rules']}
        readOnly={readOnly}
      />
    </>
  );
}
