import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import type { MappingDraft } from './repository';
import { repositoryTexts as texts } from './repositoryTexts';

const MAX_MAPPINGS = 50;

interface OneProps {
  mapping: MappingDraft;
  index: number;
  errors: Record<string, string>;
  change: (part: Partial<MappingDraft>) => void;
  remove: () => void;
  mayChange: boolean;
}

function One({ mapping, index, errors, change, remove, mayChange }: OneProps) {
  return (
    <div className="sections-row repository-mapping" role="group" aria-label={texts.mapping(index + 1)}>
      <TextField
        label={texts.from}
        className="input mono"
        maxLength={500}
        value={mapping.from}
        error={errors[`settings.mappings[${index}].from`]}
        onChange={(e) => change({ from: e.target.value })}
      />
      <TextField
        label={texts.to}
        className="input mono"
        maxLength={500}
        value={mapping.to}
        error={errors[`settings.mappings[${index}].to`]}
        onChange={(e) => change({ to: e.target.value })}
      />
      {mayChange && (
        <Button look="quiet" onClick={remove}>
          {texts.remove}
        </Button>
      )}
    </div>
  );
}

interface RepositoryMappingsProps {
  mappings: readonly MappingDraft[];
  errors: Record<string, string>;
  change: (mappings: MappingDraft[]) => void;
  mayChange: boolean;
}

/** Which folder of the repository is what frames call otherwise. */
export function RepositoryMappings({ mappings, errors, change, mayChange }: RepositoryMappingsProps) {
  const add = () => {
    const key = Math.max(-1, ...mappings.map((mapping) => mapping.key)) + 1;
    change([...mappings, { key, from: '', to: '' }]);
  };
  return (
    <section className="sections-form" aria-labelledby="repository-mappings">
      <h2 id="repository-mappings">{texts.mappings}</h2>
      <p className="meta">{texts.mappingsWords}</p>
      {mappings.map((mapping, index) => (
        <One
          key={mapping.key}
          mapping={mapping}
          index={index}
          errors={errors}
          change={(part) =>
            change(mappings.map((one) => (one.key === mapping.key ? { ...one, ...part } : one)))
          }
          remove={() => change(mappings.filter((one) => one.key !== mapping.key))}
          mayChange={mayChange}
        />
      ))}
      {mayChange && (
        <Button onClick={add} disabled={mappings.length >= MAX_MAPPINGS}>
          {texts.add}
        </Button>
      )}
    </section>
  );
}
