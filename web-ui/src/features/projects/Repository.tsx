import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Project, ProjectRepository } from '../../api/model';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { FormFault, SelectField, TextField, useForm } from '../../ui/Field';
import { Missing } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { Conflict, isConflict } from './Conflict';
import { LastChange } from './LastChange';
import { RepositoryMappings } from './RepositoryMappings';
import { RepositoryTry } from './RepositoryTry';
import { PROVIDERS, type RepositoryDraft, draftOf, fieldNames, settingsOf } from './repository';
import { repositoryTexts as texts } from './repositoryTexts';
import { repositoryQuery } from './settingsQueries';

interface FormProps {
  project: Project;
  stored: ProjectRepository;
  mayChange: boolean;
  /** Reads the settings again, and begins anew with them. */
  reload: () => void;
}

function Form({ project, stored, mayChange, reload }: FormProps) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState<RepositoryDraft>(() => draftOf(stored.settings));
  const [isOutdated, setOutdated] = useState(false);
  const [isForgetting, setForgetting] = useState(false);
  const params = { path: { id: project.id } };
  const settings = settingsOf(draft);
  const change = (part: Partial<RepositoryDraft>) => setDraft({ ...draft, ...part });
  const form = useForm(fieldNames(draft), async () => {
    try {
      const body = { settings, revision: stored.revision };
      const saved = await value(api.PUT('/api/v1/projects/{id}/repository', { params, body }));
      queries.setQueryData(repositoryQuery(project.id).queryKey, saved);
      toast(texts.saved);
    } catch (e) {
      if (!isConflict(e)) throw e;
      setOutdated(true);
    }
  });
  return (
    <>
      <p className="meta">{texts.words}</p>
      <LastChange at={stored.updated_at} by={stored.updated_by} />
      <form className="sections-form" onSubmit={form.submit}>
        <fieldset className="sections-form plain-fieldset" disabled={!mayChange}>
          <TextField
            label={texts.url}
            hint={texts.urlHint}
            type="url"
            required
            maxLength={2000}
            value={draft.url}
            error={form.errors['settings.url']}
            onChange={(e) => change({ url: e.target.value })}
          />
          <SelectField
            label={texts.provider}
            value={settings.provider}
            error={form.errors['settings.provider']}
            onChange={(e) => change({ provider: PROVIDERS.find((one) => one === e.target.value) })}
          >
            {PROVIDERS.map((provider) => (
              <option key={provider} value={provider}>
                {texts.providers[provider]}
              </option>
            ))}
          </SelectField>
          <TextField
            label={texts.branch}
            hint={texts.branchHint}
            className="input mono"
            required
            maxLength={250}
            value={draft.branch}
            error={form.errors['settings.branch']}
            onChange={(e) => change({ branch: e.target.value })}
          />
          <RepositoryMappings
            mappings={draft.mappings}
            errors={form.errors}
            change={(mappings) => change({ mappings })}
            mayChange={mayChange}
          />
          {isOutdated && <Conflict load={reload} />}
          <FormFault>{form.fault}</FormFault>
          {mayChange && (
            <div className="sections-row">
              <Button look="primary" type="submit" busy={form.busy}>
                {texts.save}
              </Button>
              {stored.settings && (
                <Button look="danger" onClick={() => setForgetting(true)}>
                  {texts.forget}
                </Button>
              )}
            </div>
          )}
        </fieldset>
      </form>
      <RepositoryTry project={project.id} settings={settings} />
      <Confirm
        open={isForgetting}
        onClose={() => setForgetting(false)}
        title={texts.forgetTitle}
        action={texts.forget}
        run={async () => {
          await value(api.DELETE('/api/v1/projects/{id}/repository', { params }));
          toast(texts.forgotten);
          reload();
        }}
      >
        <p>{texts.forgetWords}</p>
      </Confirm>
    </>
  );
}

/** Where the code of the project is. */
export function Repository({ project, mayChange }: { project: Project; mayChange: boolean }) {
  const asked = useQuery(repositoryQuery(project.id));
  const [loads, setLoads] = useState(0);
  const reload = () => void asked.refetch().then(() => setLoads(loads + 1));
  if (!asked.data) return <Missing asked={asked} rows={6} />;
  return (
    <Form
      key={`${project.id} ${loads}`}
      project={project}
      stored={asked.data}
      mayChange={mayChange}
      reload={reload}
    />
  );
}
