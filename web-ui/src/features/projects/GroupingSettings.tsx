import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { api, value } from '../../api/client';
import type { Project, ProjectGroupingRules, Regroup } from '../../api/model';
import { Button } from '../../ui/Button';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { Missing } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { Conflict, isConflict } from './Conflict';
import { LastChange } from './LastChange';
import { RuleEditors } from './RuleEditors';
import { Regroups } from './Regroups';
import { RulesHelp } from './RulesHelp';
import './grouping.css';
import { groupingTexts as texts } from './groupingTexts';
import { RULE_FIELDS, type RuleTexts } from './ruleFaults';
import { regroupQuery } from './regroupQueries';
import { regroupTexts } from './regroupTexts';
import { groupingRulesQuery } from './settingsQueries';

const route = getRouteApi('/shell/projects/$slug/settings/$section');
const FIELDS = [...RULE_FIELDS, 'days'];
const DAYS = 14;
const MOST_DAYS = 90;
const { preview: previewTexts } = regroupTexts;

interface FormProps {
  project: Project;
  stored: ProjectGroupingRules;
  /** Whose rules are edited, in place of those of the project. */
  regroup: Regroup | undefined;
  mayChange: boolean;
  /** Reads the rules again, and begins anew with them. */
  reload: () => void;
}

function Form({ project, stored, regroup: begun, mayChange, reload }: FormProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [rules, setRules] = useState<RuleTexts>({
    fingerprint_rules: (begun ?? stored).fingerprint_rules,
    stacktrace_rules: (begun ?? stored).stacktrace_rules,
  });
  const [isOutdated, setOutdated] = useState(false);
  const [days, setDays] = useState(String(DAYS));
  const [previews, setPreviews] = useState(false);
  const wanted = useRef<() => Promise<void>>(() => Promise.resolve());
  const form = useForm(FIELDS, () => wanted.current());
  const params = { path: { id: project.id } };

  const save = async () => {
    setPreviews(false);
    try {
      const body = { ...rules, revision: stored.revision };
      const saved = await value(api.PUT('/api/v1/projects/{id}/grouping-rules', { params, body }));
      queries.setQueryData(groupingRulesQuery(project.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ['grouping'] });
      toast(texts.saved);
    } catch (e) {
      if (!isConflict(e)) throw e;
      setOutdated(true);
    }
  };
  const preview = async () => {
    setPreviews(true);
    const body = { ...rules, days: Number(days) };
    const regroup = await value(api.POST('/api/v1/projects/{id}/regroups', { params, body }));
    await navigate({
      to: '/projects/$slug/regroups/$id',
      params: { slug: project.slug, id: regroup.id },
    });
  };
  return (
    <form
      className="sections-form"
      onSubmit={(event) => {
        wanted.current = save;
        form.submit(event);
      }}
    >
      <p className="meta">{texts.words}</p>
      {begun && <p>{texts.rulesOf(begun.id)}</p>}
      <LastChange at={stored.updated_at} by={stored.updated_by} />
      <RuleEditors rules={rules} change={setRules} errors={form.errors} readOnly={!mayChange} />
      <RulesHelp />
      {isOutdated && <Conflict load={reload} />}
      {!previews && <FormFault>{form.fault}</FormFault>}
      {mayChange && (
        <>
          <p className="meta">{texts.saveWords}</p>
          <Button look="primary" type="submit" busy={form.busy}>
            {texts.save}
          </Button>
          <section className="sections-form" aria-labelledby="preview">
            <h2 id="preview">{previewTexts.title}</h2>
            <p className="meta">{previewTexts.words}</p>
            <div className="preview-days">
              <TextField
                label={previewTexts.days}
                type="number"
                min={1}
                max={MOST_DAYS}
                value={days}
                error={form.errors['days']}
                onChange={(e) => setDays(e.target.value)}
              />
              <Button
                busy={form.busy}
                onClick={(event) => {
                  wanted.current = preview;
                  form.submit(event);
                }}
              >
                {previewTexts.action}
              </Button>
            </div>
            {previews && <FormFault>{form.fault}</FormFault>}
          </section>
        </>
      )}
    </form>
  );
}

/** The rules by which the project's events are grouped. */
export function GroupingSettings({ project, mayChange }: { project: Project; mayChange: boolean }) {
  const { regroup: wanted } = route.useSearch();
  const asked = useQuery(groupingRulesQuery(project.id));
  const begun = useQuery({ ...regroupQuery(wanted ?? 0), enabled: wanted !== undefined });
  const [loads, setLoads] = useState(0);
  const reload = () => void asked.refetch().then(() => setLoads(loads + 1));
  if (!asked.data) return <Missing asked={asked} rows={6} />;
  if (wanted !== undefined && !begun.data) return <Missing asked={begun} rows={6} />;
  return (
    <>
      <Form
        key={`${project.id} ${wanted} ${loads}`}
        project={project}
        stored={asked.data}
        regroup={loads === 0 ? begun.data : undefined}
        mayChange={mayChange}
        reload={reload}
      />
      <Regroups project={project} />
    </>
  );
}
