import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Project } from '../../api/model';
import { Button } from '../../ui/Button';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { LimitTrial } from './LimitTrial';
import { type LimitDraft, draftOf, limitOf } from './limit';
import { projectTexts } from './texts';
import { useProjectChange } from './useProjectChange';

const { limits: texts } = projectTexts;
const MAX = 20;

/** How much the project may send. */
export function Limits({ project, mayChange }: { project: Project; mayChange: boolean }) {
  const changed = useProjectChange();
  const [drafts, setDrafts] = useState<LimitDraft[]>(() => project.limits.map(draftOf));
  const [next, setNext] = useState(project.limits.length);
  const form = useForm([], async () => {
    const body = { limits: drafts.map(limitOf) };
    changed(await value(api.PATCH('/api/v1/projects/{id}', { params: { path: { id: project.id } }, body })));
  });
  const change = (key: number, part: Partial<LimitDraft>) =>
    setDrafts(drafts.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)));
  const add = () => {
    setDrafts([
      ...drafts,
      { key: next, categories: '', limit: '1000', seconds: '60', reasonCode: undefined },
    ]);
    setNext(next + 1);
  };
  return (
    <form className="sections-form" onSubmit={form.submit}>
      <p className="meta">{texts.words}</p>
      {drafts.length === 0 && <p>{texts.none}</p>}
      <fieldset className="sections-form plain-fieldset" disabled={!mayChange}>
        {drafts.map((draft) => (
          <div key={draft.key} className="card project-limit">
            <TextField
              label={texts.what}
              hint={texts.whatHint}
              value={draft.categories}
              onChange={(e) => change(draft.key, { categories: e.target.value })}
            />
            <div className="sections-row">
              <TextField
                label={texts.most}
                type="number"
                min={0}
                required
                value={draft.limit}
                onChange={(e) => change(draft.key, { limit: e.target.value })}
              />
              <TextField
                label={texts.window}
                type="number"
                min={1}
                max={86_400}
                required
                value={draft.seconds}
                onChange={(e) => change(draft.key, { seconds: e.target.value })}
              />
              {mayChange && (
                <Button look="quiet" onClick={() => setDrafts(drafts.filter((one) => one.key !== draft.key))}>
                  {texts.remove}
                </Button>
              )}
            </div>
            <LimitTrial projectId={project.id} draft={draft} />
          </div>
        ))}
        <FormFault>{form.fault}</FormFault>
        {mayChange && (
          <div className="row-actions">
            <Button onClick={add} disabled={drafts.length >= MAX}>
              {texts.add}
            </Button>
            <Button look="primary" type="submit" busy={form.busy}>
              {texts.save}
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  );
}
