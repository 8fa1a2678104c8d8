import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { FilterSettings, FiltersTrial, Project, ProjectFilters } from '../../api/model';
import { Button } from '../../ui/Button';
import { CheckField, FormFault, SelectField, TextArea, TextField, useForm } from '../../ui/Field';
import { Missing } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { FilterPreview } from './FilterPreview';
import { filterTexts as texts } from './filterTexts';
import { BROWSERS, type FilterDraft, LEVELS, LISTS, SWITCHES, draftOf, settingsOf } from './filters';

const DAYS = [1, 7, 14, 30];

const filtersQuery = (project: number) =>
  queryOptions({
    queryKey: ['filters', project],
    queryFn: () => value(api.GET('/api/v1/projects/{id}/filters', { params: { path: { id: project } } })),
  });

/** What the project does not want to be stored. */
export function Filters({ project, mayChange }: { project: Project; mayChange: boolean }) {
  const filters = useQuery(filtersQuery(project.id));
  if (!filters.data) return <Missing asked={filters} />;
  return (
    <FilterForm key={filters.data.revision} project={project} filters={filters.data} mayChange={mayChange} />
  );
}

interface Shown {
  settings: FilterSettings;
  trial: FiltersTrial;
}

interface FilterFormProps {
  project: Project;
  filters: ProjectFilters;
  mayChange: boolean;
}

function FilterForm({ project, filters, mayChange }: FilterFormProps) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState<FilterDraft>(() => draftOf(filters.settings));
  const [days, setDays] = useState(7);
  const [shown, setShown] = useState<Shown>();
  const params = { path: { id: project.id } };
  const settings = settingsOf(draft);
  const saving = useForm([], async () => {
    const body = { settings, revision: filters.revision };
    const saved = await value(api.PUT('/api/v1/projects/{id}/filters', { params, body }));
    queries.setQueryData(filtersQuery(project.id).queryKey, saved);
    toast(texts.saved);
  });
  const trying = useForm([], async () => {
    const body = { settings, days };
    const trial = await value(api.POST('/api/v1/projects/{id}/filters/preview', { params, body }));
    setShown({ settings, trial });
  });
  return (
    <>
      <p className="meta">
        {texts.words}{' '}
        <Link to="/ledger" search={{ project: project.slug, outcome: 'filtered' }}>
          {texts.ledger}
        </Link>
      </p>
      <form id="filters" className="sections-form" onSubmit={saving.submit}>
        <fieldset className="sections-form plain-fieldset" disabled={!mayChange}>
          <FilterFields draft={draft} onChange={(part) => setDraft({ ...draft, ...part })} />
          <FormFault>{saving.fault}</FormFault>
        </fieldset>
      </form>
      <form className="sections-form" onSubmit={trying.submit}>
        {shown && (
          <FilterPreview
            trial={shown.trial}
            isOutdated={JSON.stringify(shown.settings) !== JSON.stringify(settings)}
          />
        )}
        <FormFault>{trying.fault}</FormFault>
        <div className="sections-row">
          <SelectField
            label={texts.days}
            value={days}
            onChange={(event) => setDays(Number(event.target.value))}
          >
            {DAYS.map((some) => (
              <option key={some} value={some}>
                {texts.day(some)}
              </option>
            ))}
          </SelectField>
          <Button type="submit" busy={trying.busy}>
            {texts.preview}
          </Button>
          {mayChange && (
            <Button look="primary" type="submit" form="filters" busy={saving.busy}>
              {texts.save}
            </Button>
          )}
        </div>
      </form>
    </>
  );
}

interface FilterFieldsProps {
  draft: FilterDraft;
  onChange: (part: Partial<FilterDraft>) => void;
}

function FilterFields({ draft, onChange }: FilterFieldsProps) {
  return (
    <>
      {SWITCHES.map((name) => (
        <CheckField
          key={name}
          label={texts.switches[name]}
          hint={texts.switchHints[name]}
          checked={draft.switches[name]}
          onChange={(event) => onChange({ switches: { ...draft.switches, [name]: event.target.checked } })}
        />
      ))}
      <SelectField
        label={texts.level}
        hint={texts.levelHint}
        value={draft.minimumLevel}
        onChange={(event) =>
          onChange({ minimumLevel: LEVELS.find((level) => level === event.target.value) ?? '' })
        }
      >
        <option value="">{texts.noLevel}</option>
        {LEVELS.slice(1).map((level) => (
          <option key={level} value={level}>
            {level}
          </option>
        ))}
      </SelectField>
      <p className="meta">{texts.patternsHint}</p>
      {LISTS.map((name) => (
        <TextArea
          key={name}
          label={texts.lists[name]}
          hint={texts.listHints[name]}
          value={draft.lists[name]}
          spellCheck={false}
          onChange={(event) => onChange({ lists: { ...draft.lists, [name]: event.target.value } })}
        />
      ))}
      <fieldset className="plain-fieldset filter-browsers">
        <legend>{texts.browsers}</legend>
        <p className="field-hint">{texts.browsersHint}</p>
        {BROWSERS.map((browser) => (
          <TextField
            key={browser}
            label={texts.browserNames[browser]}
            type="number"
            min={1}
            max={999_999}
            value={draft.versions[browser] ?? ''}
            onChange={(event) => onChange({ versions: { ...draft.versions, [browser]: event.target.value } })}
          />
        ))}
      </fieldset>
    </>
  );
}
