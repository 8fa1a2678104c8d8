import { Plus } from 'lucide-react';
import { type ReactNode } from 'react';
import { Button } from '../../ui/Button';
import { CheckField, FormFault, type FormState, TextField } from '../../ui/Field';
import { Menu } from '../../ui/Menu';
import { ConditionRow } from './ConditionRow';
import { FilterRow } from './FilterRow';
import { Inline, MinutesField, Select } from './Inline';
import { TargetRow } from './TargetRow';
import { type Draft, type Keyed, type Match, keyed, newCondition, newFilter } from './draft';
import { faultOf } from './faults';
import { alertTexts } from './texts';
import { CONDITION_TYPES, FILTER_TYPES } from './words';

const { editor: texts, conditions, filters } = alertTexts;
const MATCHES: readonly Match[] = ['any', 'all', 'none'];

interface RuleEditorProps {
  draft: Draft;
  change: (draft: Draft) => void;
  form: FormState;
  /** Whose rule it is, once it is known. */
  project: string | undefined;
  /** What the button says. */
  action: string;
  /** The ids of the targets that have a secret. */
  secrets?: readonly number[];
  readOnly?: boolean;
  children?: ReactNode;
}

function replaced<T>(list: readonly Keyed<T>[], key: number, value: T): Keyed<T>[] {
  return list.map((one) => (one.key === key ? { key, value } : one));
}

function without<T>(list: readonly Keyed<T>[], key: number): Keyed<T>[] {
  return list.filter((one) => one.key !== key);
}

/** A rule as a sentence with fields in it. */
export function RuleEditor(props: RuleEditorProps) {
  const { draft, form, secrets = [], readOnly = false } = props;
  const change = (part: Partial<Draft>) => props.change({ ...draft, ...part });
  const part = <K extends 'conditions' | 'filters' | 'targets'>(list: K) => ({
    set: (key: number, value: Draft[K][number]['value']) =>
      change({ [list]: replaced(draft[list] as Keyed<unknown>[], key, value) }),
    remove: (key: number) => change({ [list]: without(draft[list] as Keyed<unknown>[], key) }),
  });
  const ofConditions = part('conditions');
  const ofFilters = part('filters');
  const ofTargets = part('targets');
  return (
    <form className="alert-editor" onSubmit={form.submit} noValidate>
      <fieldset className="plain-fieldset alert-editor" disabled={readOnly}>
        {props.children}
        <TextField
          label={texts.name}
          required
          maxLength={200}
          value={draft.name}
          error={form.errors['rule.name']}
          onChange={(e) => change({ name: e.target.value })}
        />
        <section className="card alert-sentence" aria-label={texts.when}>
          <Inline>
            <strong>{texts.when}</strong>
            <Select
              label={texts.when}
              value={draft.conditionMatch}
              words={MATCHES.map((match) => [match, texts.match[match]])}
              change={(conditionMatch) => change({ conditionMatch })}
            />
            {texts.ofThese}
          </Inline>
          {draft.conditions.map(({ key, value }, index) => (
            <ConditionRow
              key={key}
              number={index + 1}
              condition={value}
              fault={faultOf(form.errors, `rule.conditions[${index}]`)}
              change={(condition) => ofConditions.set(key, condition)}
              remove={draft.conditions.length > 1 ? () => ofConditions.remove(key) : undefined}
            />
          ))}
          <FormFault>{form.errors['rule.conditions'] ?? ''}</FormFault>
          <Menu
            trigger={<Button icon={<Plus aria-hidden />}>{texts.addCondition}</Button>}
            entries={CONDITION_TYPES.map((type) => ({
              label: conditions.types[type],
              run: () => change({ conditions: [...draft.conditions, keyed(newCondition(type))] }),
            }))}
          />
        </section>
        <section className="card alert-sentence" aria-label={texts.if}>
          {draft.filters.length > 0 && (
            <Inline>
              <strong>{texts.if}</strong>
              <Select
                label={texts.if}
                value={draft.filterMatch}
                words={MATCHES.map((match) => [match, texts.match[match]])}
                change={(filterMatch) => change({ filterMatch })}
              />
              {texts.ofFilters}
            </Inline>
          )}
          {draft.filters.map(({ key, value }, index) => (
            <FilterRow
              key={key}
              number={index + 1}
              filter={value}
              fault={faultOf(form.errors, `rule.filters[${index}]`)}
              change={(filter) => ofFilters.set(key, filter)}
              remove={() => ofFilters.remove(key)}
            />
          ))}
          <Menu
            trigger={<Button icon={<Plus aria-hidden />}>{texts.addFilter}</Button>}
            entries={FILTER_TYPES.map((type) => ({
              label: filters.types[type],
              run: () => change({ filters: [...draft.filters, keyed(newFilter(type))] }),
            }))}
          />
          <TextField
            label={texts.environment}
            hint={texts.environmentHint}
            maxLength={64}
            value={draft.environment}
            error={form.errors['rule.environment']}
            onChange={(e) => change({ environment: e.target.value })}
          />
        </section>
        <section className="card alert-sentence" aria-label={texts.tell}>
          <Inline>
            <strong>{texts.tell}</strong> {texts.interval}
            <MinutesField
              label={texts.interval}
              value={draft.interval}
              change={(interval) => change({ interval })}
            />
            {texts.minutes}
          </Inline>
          <FormFault>{form.errors['rule.interval_minutes'] ?? ''}</FormFault>
          {draft.targets.map(({ key, value }, index) => (
            <TargetRow
              key={key}
              number={index + 1}
              target={value}
              project={props.project}
              hasSecret={value.id !== undefined && value.id !== null && secrets.includes(value.id)}
              fault={faultOf(form.errors, `targets[${index}]`)}
              change={(target) => ofTargets.set(key, target)}
              remove={() => ofTargets.remove(key)}
            />
          ))}
          <FormFault>{form.errors['targets'] ?? ''}</FormFault>
          <Button
            icon={<Plus aria-hidden />}
            onClick={() =>
              change({ targets: [...draft.targets, keyed({ type: 'email' as const, value: '' })] })
            }
          >
            {texts.addTarget}
          </Button>
        </section>
        <CheckField
          label={texts.enabled}
          checked={draft.enabled}
          onChange={(e) => change({ enabled: e.target.checked })}
        />
        <FormFault>{form.fault}</FormFault>
        {!readOnly && (
          <div>
            <Button look="primary" type="submit" busy={form.busy}>
              {props.action}
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  );
}
