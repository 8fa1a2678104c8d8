import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Project } from '../../api/model';
import { JobProgress } from '../../app/JobProgress';
import { jobsQuery } from '../../app/queries';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { TextField } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import { When } from '../../ui/When';
import { num, object } from '../../ui/untrusted';
import { projectTexts } from './texts';

const { people: texts } = projectTexts;

function Deletions({ project }: { project: Project }) {
  const { data } = useQuery(jobsQuery);
  const jobs = data?.results.filter(
    (job) => job.kind === 'person-deletion' && num(object(job.parameters)['project_id']) === project.id,
  );
  if (!jobs || jobs.length === 0) return null;
  return (
    <section>
      <h2>{texts.jobs}</h2>
      <ul>
        {jobs.map((job) => (
          <li key={job.id} className="project-job">
            <JobProgress job={job} /> <When at={job.created_at} /> {job.created_by}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Deletes what is stored of one person. */
export function People({ project, mayDelete }: { project: Project; mayDelete: boolean }) {
  const queries = useQueryClient();
  const [identifier, setIdentifier] = useState('');
  const [isAsking, setAsking] = useState(false);
  const who = identifier.trim();
  const run = async () => {
    const params = { path: { id: project.id } };
    await value(api.POST('/api/v1/projects/{id}/person-deletions', { params, body: { identifier: who } }));
    setIdentifier('');
    toast(texts.started);
    await queries.invalidateQueries({ queryKey: jobsQuery.queryKey });
  };
  return (
    <>
      <p>{texts.words}</p>
      {mayDelete && (
        <form
          className="sections-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (who) setAsking(true);
          }}
        >
          <TextField
            label={texts.identifier}
            hint={texts.identifierHint}
            autoComplete="off"
            value={identifier}
            onChange={(e) => setIdentifier(e.target.value)}
          />
          <Button look="danger" type="submit" disabled={who === ''}>
            {texts.start}
          </Button>
        </form>
      )}
      <Confirm
        open={isAsking}
        onClose={() => setAsking(false)}
        title={texts.title(who)}
        action={texts.start}
        run={run}
        typed={who}
      >
        <p>{texts.irrevocable}</p>
      </Confirm>
      <Deletions project={project} />
    </>
  );
}
