import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Project } from '../../api/model';
import { Button } from '../../ui/Button';
import { CheckField, FormFault, useForm } from '../../ui/Field';
import { exactNumber } from '../../ui/format';
import { protectionTexts as texts } from './protectionTexts';
import { useProjectChange } from './useProjectChange';

/** Whether a spike of the project sets a limit by itself, and the limit while it does. */
export function SpikeProtection({ project, mayChange }: { project: Project; mayChange: boolean }) {
  const changed = useProjectChange();
  const [isOn, setOn] = useState(project.spike_protection);
  const form = useForm([], async () => {
    const body = { spike_protection: isOn };
    changed(await value(api.PATCH('/api/v1/projects/{id}', { params: { path: { id: project.id } }, body })));
  });
  return (
    <form className="sections-form" onSubmit={form.submit} aria-labelledby="spike-protection">
      <h2 id="spike-protection">{texts.title}</h2>
      <p className="meta">{texts.words}</p>
      {project.spike_protection && (
        <p>{project.spike_limit ? texts.set(exactNumber(project.spike_limit.limit)) : texts.notSet}</p>
      )}
      <fieldset className="sections-form plain-fieldset" disabled={!mayChange}>
        <CheckField label={texts.label} checked={isOn} onChange={(e) => setOn(e.target.checked)} />
        <FormFault>{form.fault}</FormFault>
        {mayChange && (
          <div className="row-actions">
            <Button look="primary" type="submit" busy={form.busy}>
              {texts.save}
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  );
}
