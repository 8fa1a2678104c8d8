import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api, value } from '../../api/client';
import type { Job } from '../../api/model';
import { JobControls, JobProgress } from '../../app/JobProgress';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { CheckField, FormFault, TextField, useForm } from '../../ui/Field';
import { Fault, Skeleton, State } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { When } from '../../ui/When';
import { importsQuery } from './queries';
import { importTexts as texts } from './texts';
import '../../ui/Facts.css';
import '../../ui/Sections.css';

const STANDARD_EVENTS = '25';

/** What there is any of. */
function sums(job: Job): string {
  return Object.entries((job.result ?? {}) as Record<string, number | string[]>)
    .filter(([, sum]) => Array.isArray(sum) || sum > 0)
    .map(([name, sum]) => `${name.replaceAll('_', ' ')}: ${Array.isArray(sum) ? sum.join(' ') : sum}`)
    .join(', ');
}

const COLUMNS: Column<Job>[] = [
  { name: 'id', head: texts.id, width: '72px', cell: (job) => job.id },
  {
    name: 'progress',
    head: texts.progress,
    width: 'minmax(200px, 280px)',
    cell: (job) => <JobProgress job={job} />,
  },
  {
    name: 'result',
    head: texts.result,
    width: 'minmax(200px, 1fr)',
    from: 'tablet',
    cell: (job) => job.failure ?? sums(job),
  },
  { name: 'who', head: texts.who, width: '160px', from: 'desk', cell: (job) => job.created_by },
  { name: 'at', head: texts.at, width: '80px', from: 'tablet', cell: (job) => <When at={job.created_at} /> },
  { name: 'controls', head: texts.controls, width: '160px', cell: (job) => <JobControls job={job} /> },
];

/** Asks what to import from where. */
function NewImport() {
  const queries = useQueryClient();
  const [url, setUrl] = useState('');
  const [organization, setOrganization] = useState('');
  const [token, setToken] = useState('');
  const [projects, setProjects] = useState('');
  const [events, setEvents] = useState(STANDARD_EVENTS);
  const [isDry, setDry] = useState(true);
  const form = useForm(['url', 'organization', 'token', 'projects', 'events_per_issue'], async () => {
    const slugs = projects
      .split(',')
      .map((slug) => slug.trim())
      .filter(Boolean);
    await value(
      api.POST('/api/v1/imports', {
        body: { url, organization, token, projects: slugs, events_per_issue: Number(events), dry_run: isDry },
      }),
    );
    await queries.invalidateQueries({ queryKey: ['jobs', 'imports'] });
    toast(texts.started);
  });
  return (
    <form className="card sections-form facts" onSubmit={form.submit}>
      <p>{texts.words}</p>
      <TextField
        label={texts.url}
        type="url"
        required
        value={url}
        error={form.errors['url']}
        onChange={(e) => setUrl(e.target.value)}
      />
      <TextField
        label={texts.organization}
        required
        value={organization}
        error={form.errors['organization']}
        onChange={(e) => setOrganization(e.target.value)}
      />
      <TextField
        label={texts.token}
        hint={texts.tokenHint}
        type="password"
        autoComplete="off"
        required
        value={token}
        error={form.errors['token']}
        onChange={(e) => setToken(e.target.value)}
      />
      <TextField
        label={texts.projects}
        hint={texts.projectsHint}
        value={projects}
        error={form.errors['projects']}
        onChange={(e) => setProjects(e.target.value)}
      />
      <TextField
        label={texts.events}
        type="number"
        min={1}
        max={1000}
        required
        value={events}
        error={form.errors['events_per_issue']}
        onChange={(e) => setEvents(e.target.value)}
      />
      <CheckField
        label={texts.dryRun}
        hint={texts.dryRunHint}
        checked={isDry}
        onChange={(e) => setDry(e.target.checked)}
      />
      <FormFault>{form.fault}</FormFault>
      <Button look="primary" type="submit" busy={form.busy}>
        {isDry ? texts.startDry : texts.start}
      </Button>
    </form>
  );
}

/** What was imported, and a form for more. */
export function ImportsPage() {
  useTitle(texts.title);
  const answer = useInfiniteQuery(importsQuery);
  const jobs = useMemo(() => answer.data?.pages.flatMap((page) => page.results) ?? [], [answer.data]);
  return (
    <div className="page">
      <h1>{texts.title}</h1>
      <NewImport />
      <section className="card facts" aria-label={texts.list}>
        <h2>{texts.list}</h2>
        {answer.isPending ? (
          <Skeleton rows={4} height={44} />
        ) : answer.data === undefined ? (
          <Fault error={answer.error} retry={() => void answer.refetch()} />
        ) : jobs.length === 0 ? (
          <State title={texts.none}>{texts.noneWords}</State>
        ) : (
          <DataTable
            label={texts.list}
            columns={COLUMNS}
            rows={jobs}
            rowKey={(job) => job.id}
            rowHeight={44}
            onEnd={answer.hasNextPage ? () => void answer.fetchNextPage() : undefined}
          />
        )}
      </section>
    </div>
  );
}
