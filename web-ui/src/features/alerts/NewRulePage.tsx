import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { projectsQuery } from '../../app/queries';
import { projectsOf } from '../../app/search';
import { useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { SelectField, useForm } from '../../ui/Field';
import { Missing } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { BacktestPanel } from './BacktestPanel';
import { RuleEditor } from './RuleEditor';
import './alerts.css';
import { type Draft, definitionOf, emptyDraft, targetsOf } from './draft';
import { faultFields } from './faults';
import { alertTexts } from './texts';

const route = getRouteApi('/shell/alerts/new');
const { editor: texts } = alertTexts;

/** A rule is written, beside what it would have done. */
export function NewRulePage() {
  useTitle(texts.title);
  const search = route.useSearch();
  const session = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const projects = useQuery(projectsQuery);
  const [chosen, setChosen] = useState<string>();
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(session.user.email));
  const slug = chosen ?? projectsOf(search)[0] ?? projects.data?.[0]?.slug;
  const form = useForm(faultFields(draft), async () => {
    const made = await value(
      api.POST('/api/v1/alert-rules', {
        params: { query: { project: slug ?? '' } },
        body: { rule: definitionOf(draft), enabled: draft.enabled, targets: targetsOf(draft) },
      }),
    );
    await queries.invalidateQueries({ queryKey: ['alerts'] });
    toast(texts.made);
    await navigate({ to: '/alerts/$id', params: { id: made.id } });
  });
  if (!projects.data) return <Missing asked={projects} rows={6} />;
  return (
    <div className="page">
      <h1>{texts.title}</h1>
      <div className="alert-split">
        <RuleEditor draft={draft} change={setDraft} form={form} project={slug} action={texts.create}>
          <SelectField label={texts.project} value={slug} onChange={(e) => setChosen(e.target.value)}>
            {projects.data.map((project) => (
              <option key={project.id} value={project.slug}>
                {project.name}
              </option>
            ))}
          </SelectField>
        </RuleEditor>
        {slug && <BacktestPanel project={slug} draft={draft} />}
      </div>
    </div>
  );
}
