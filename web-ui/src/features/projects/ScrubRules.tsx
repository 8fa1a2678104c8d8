import type { ScrubRule } from '../../api/model';
import { Button } from '../../ui/Button';
import { SelectField, TextField } from '../../ui/Field';
import type { RuleDraft } from './scrub';
import { scrubTexts as texts } from './scrubTexts';

const MAX_RULES = 50;

function Options({ words }: { words: Record<string, string> }) {
  return Object.entries(words).map(([word, shown]) => (
    <option key={word} value={word}>
      {shown}
    </option>
  ));
}

interface OneProps {
  rule: RuleDraft;
  index: number;
  errors: Record<string, string>;
  change: (part: Partial<RuleDraft>) => void;
  remove: () => void;
  moveUp: (() => void) | undefined;
  mayChange: boolean;
}

function One({ rule, index, errors, change, remove, moveUp, mayChange }: OneProps) {
  const error = (part: string) => errors[`settings.rules[${index}].${part}`];
  return (
    <div className="card scrub-rule" role="group" aria-label={texts.rule(index + 1)}>
      <div className="scrub-rule-head">
        <h3>{texts.rule(index + 1)}</h3>
        {mayChange && (
          <span className="row-actions">
            {moveUp && (
              <Button look="quiet" onClick={moveUp}>
                {texts.up}
              </Button>
            )}
            <Button look="quiet" onClick={remove}>
              {texts.remove}
            </Button>
          </span>
        )}
      </div>
      <div className="sections-row scrub-rule-row">
        <SelectField
          label={texts.method}
          value={rule.method}
          error={error('method')}
          onChange={(e) => change({ method: e.target.value as ScrubRule['method'] })}
        >
          <Options words={texts.methods} />
        </SelectField>
        <SelectField
          label={texts.type}
          value={rule.type}
          error={error('type')}
          onChange={(e) => change({ type: e.target.value as ScrubRule['type'] })}
        >
          <Options words={texts.types} />
        </SelectField>
      </div>
      {rule.type === 'pattern' && (
        <TextField
          label={texts.pattern}
          hint={texts.patternHint}
          className="input mono"
          value={rule.pattern}
          error={error('pattern')}
          onChange={(e) => change({ pattern: e.target.value })}
        />
      )}
      <TextField
        label={texts.source}
        hint={texts.sourceHint}
        className="input mono"
        value={rule.source}
        error={error('source')}
        onChange={(e) => change({ source: e.target.value })}
      />
      {rule.method === 'replace' && (
        <TextField
          label={texts.replacement}
          hint={texts.replacementHint}
          value={rule.replacement}
          error={error('replacement')}
          onChange={(e) => change({ replacement: e.target.value })}
        />
      )}
    </div>
  );
}

interface ScrubRulesProps {
  rules: readonly RuleDraft[];
  errors: Record<string, string>;
  change: (rules: RuleDraft[]) => void;
  mayChange: boolean;
}

/** The rules of a project for what is taken out, in the order they are applied in. */
export function ScrubRules({ rules, errors, change, mayChange }: ScrubRulesProps) {
  const add = () => {
    const key = Math.max(-1, ...rules.map((rule) => rule.key)) + 1;
    change([...rules, { key, method: 'mask', type: 'anything', pattern: '', source: '', replacement: '' }]);
  };
  const moveUp = (index: number) => {
    const moved = [...rules];
    moved.splice(index - 1, 0, ...moved.splice(index, 1));
    change(moved);
  };
  return (
    <section className="sections-form" aria-labelledby="scrub-rules">
      <h2 id="scrub-rules">{texts.rules}</h2>
      <p className="meta">{rules.length === 0 ? texts.noRules : texts.rulesWords}</p>
      {rules.map((rule, index) => (
        <One
          key={rule.key}
          rule={rule}
          index={index}
          errors={errors}
          change={(part) => change(rules.map((one) => (one.key === rule.key ? { ...one, ...part } : one)))}
          remove={() => change(rules.filter((one) => one.key !== rule.key))}
          moveUp={index > 0 ? () => moveUp(index) : undefined}
          mayChange={mayChange}
        />
      ))}
      {mayChange && (
        <Button onClick={add} disabled={rules.length >= MAX_RULES}>
          {texts.add}
        </Button>
      )}
    </section>
  );
}
