import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Project, StorageCap as Cap } from '../../api/model';
import { Button } from '../../ui/Button';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { Missing } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { Conflict, isConflict } from './Conflict';
import { storageCapQuery } from './settingsQueries';
import { projectTexts } from './texts';

const { storageCap: texts } = projectTexts;

interface CapFormProps {
  project: Project;
  cap: Cap;
  mayChange: boolean;
  /** Reads the cap again, and begins anew with it. */
  reload: () => void;
}

function CapForm({ project, cap, mayChange, reload }: CapFormProps) {
  const queries = useQueryClient();
  const [most, setMost] = useState(String(cap.payloads_per_issue_per_day ?? ''));
  const [isOutdated, setOutdated] = useState(false);
  const form = useForm(['payloads_per_issue_per_day'], async () => {
    const body = {
      payloads_per_issue_per_day: most.trim() === '' ? null : Number(most),
      revision: cap.revision,
    };
    const params = { path: { id: project.id } };
    try {
      const saved = await value(api.PUT('/api/v1/projects/{id}/storage-cap', { params, body }));
      queries.setQueryData(storageCapQuery(project.id).queryKey, saved);
      toast(projectTexts.saved);
    } catch (e) {
      if (!isConflict(e)) throw e;
      setOutdated(true);
    }
  });
  return (
    <form className="sections-form" onSubmit={form.submit}>
      <fieldset className="sections-form plain-fieldset" disabled={!mayChange}>
        <TextField
          label={texts.most}
          hint={texts.mostHint}
          error={form.errors['payloads_per_issue_per_day']}
          type="number"
          min={1}
          max={1_000_000}
          value={most}
          onChange={(event) => setMost(event.target.value)}
        />
        {isOutdated && <Conflict load={reload} />}
        <FormFault>{form.fault}</FormFault>
        {mayChange && (
          <Button look="primary" type="submit" busy={form.busy}>
            {texts.save}
          </Button>
        )}
      </fieldset>
    </form>
  );
}

/** Of how many events of an issue and a day the project keeps the payload. */
export function StorageCap({ project, mayChange }: { project: Project; mayChange: boolean }) {
  const asked = useQuery(storageCapQuery(project.id));
  return (
    <section className="sections-form">
      <h2>{texts.title}</h2>
      <p className="meta">{texts.words}</p>
      {asked.data ? (
        <CapForm
          key={asked.data.revision}
          project={project}
          cap={asked.data}
          mayChange={mayChange}
          reload={() => void asked.refetch()}
        />
      ) : (
        <Missing asked={asked} rows={2} />
      )}
    </section>
  );
}
