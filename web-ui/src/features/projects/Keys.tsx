import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Project, ProjectKey } from '../../api/model';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Copy } from '../../ui/Copy';
import { Confirm } from '../../ui/Dialog';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import { When } from '../../ui/When';
import { limitWords } from './limit';
import { projectTexts } from './texts';
import { useProjectChange } from './useProjectChange';

const { keys: texts } = projectTexts;

function Key({
  project,
  projectKey,
  mayChange,
}: {
  project: Project;
  projectKey: ProjectKey;
  mayChange: boolean;
}) {
  const changed = useProjectChange();
  const [isRemoving, setRemoving] = useState(false);
  const params = { path: { id: project.id, keyId: projectKey.id } };
  const turn = async () => {
    try {
      const body = { active: !projectKey.active };
      changed(await value(api.PATCH('/api/v1/projects/{id}/keys/{keyId}', { params, body })));
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    }
  };
  return (
    <li className="card project-key">
      <div className="project-key-head">
        <h2>{projectKey.label || texts.dsn}</h2>
        <Badge tone={projectKey.active ? 'good' : 'quiet'}>
          {projectKey.active ? texts.active : texts.off}
        </Badge>
        <span className="meta">
          {texts.created} <When at={projectKey.created_at} />
        </span>
      </div>
      <div className="project-key-dsn">
        <code>{projectKey.dsn}</code>
        <Copy text={projectKey.dsn} label={texts.copyDsn} />
      </div>
      {projectKey.limits.length > 0 && (
        <p className="meta">
          {texts.limits}: {projectKey.limits.map(limitWords).join('; ')}
        </p>
      )}
      {mayChange && (
        <div className="row-actions">
          <Button onClick={() => void turn()}>{projectKey.active ? texts.switchOff : texts.switchOn}</Button>
          <Button look="danger" onClick={() => setRemoving(true)}>
            {texts.remove}
          </Button>
          <Confirm
            open={isRemoving}
            onClose={() => setRemoving(false)}
            title={texts.removeTitle(projectKey.label)}
            action={texts.remove}
            run={async () =>
              changed(await value(api.DELETE('/api/v1/projects/{id}/keys/{keyId}', { params })))
            }
          >
            <p>{texts.removeWords}</p>
          </Confirm>
        </div>
      )}
    </li>
  );
}

/** By what SDKs find the project. */
export function Keys({ project, mayChange }: { project: Project; mayChange: boolean }) {
  const changed = useProjectChange();
  const [label, setLabel] = useState('');
  const form = useForm(['label'], async () => {
    const body = { label: label.trim() };
    changed(
      await value(api.POST('/api/v1/projects/{id}/keys', { params: { path: { id: project.id } }, body })),
    );
    setLabel('');
  });
  return (
    <>
      <p className="meta">{texts.words}</p>
      <ul className="sections-body">
        {project.keys.map((key) => (
          <Key key={key.id} project={project} projectKey={key} mayChange={mayChange} />
        ))}
      </ul>
      {mayChange && (
        <form className="sections-row" onSubmit={form.submit}>
          <TextField
            label={texts.label}
            required
            maxLength={100}
            value={label}
            error={form.errors['label']}
            onChange={(e) => setLabel(e.target.value)}
          />
          <Button type="submit" busy={form.busy}>
            {texts.add}
          </Button>
        </form>
      )}
      <FormFault>{form.fault}</FormFault>
    </>
  );
}
