import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Project } from '../../api/model';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { toast } from '../../ui/Toasts';
import { projectTexts } from './texts';

const { danger: texts } = projectTexts;

/** Deletes the project. */
export function Danger({ project, mayDelete }: { project: Project; mayDelete: boolean }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const run = async () => {
    await value(api.DELETE('/api/v1/projects/{id}', { params: { path: { id: project.id } } }));
    await queries.invalidateQueries({ queryKey: ['projects'] });
    toast(texts.started(project.name));
    await navigate({ to: '/issues', search: { project: undefined } });
  };
  return (
    <>
      <h2>{texts.title}</h2>
      <p>{texts.words}</p>
      {mayDelete ? (
        <div>
          <Button look="danger" onClick={() => setAsking(true)}>
            {texts.action}
          </Button>
        </div>
      ) : (
        <p className="meta">{projectTexts.readOnly('project:admin')}</p>
      )}
      <Confirm
        open={isAsking}
        onClose={() => setAsking(false)}
        title={texts.confirm(project.name)}
        action={texts.action}
        typed={project.slug}
        run={run}
      >
        <p>{texts.words}</p>
      </Confirm>
    </>
  );
}
