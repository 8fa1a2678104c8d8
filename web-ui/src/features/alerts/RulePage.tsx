import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { RequestFailed, api, value } from '../../api/client';
import type { AlertRule } from '../../api/model';
import { SnoozeMenu } from '../../app/SnoozeMenu';
import { snoozesQuery } from '../../app/alerts';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { useForm } from '../../ui/Field';
import { Missing } from '../../ui/State';
import '../../ui/Tabs.css';
import { toast } from '../../ui/Toasts';
import { BacktestPanel, BacktestResult } from './BacktestPanel';
import { History } from './History';
import { RuleEditor } from './RuleEditor';
import { TestButton } from './TestButton';
import './alerts.css';
import { type Draft, definitionOf, draftOf, targetsOf } from './draft';
import { faultFields } from './faults';
import { type RuleTab, ruleQuery } from './queries';
import { alertTexts } from './texts';

const route = getRouteApi('/shell/alerts/$id');
const { editor: texts } = alertTexts;
const TABS: readonly (readonly [RuleTab | undefined, string])[] = [
  [undefined, texts.tabs.rule],
  ['backtest', texts.tabs.backtest],
  ['history', texts.tabs.history],
];

function Actions({ rule }: { rule: AlertRule }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isRemoving, setRemoving] = useState(false);
  const { data: snoozes } = useQuery(snoozesQuery({ rule: rule.id }));
  return (
    <div className="row-actions">
      <TestButton rule={rule.id} />
      <SnoozeMenu
        what={{ rule: rule.id }}
        current={(snoozes?.results ?? []).filter((one) => one.rule === rule.id && one.issue === null)}
        name={rule.rule.name}
      />
      <Button look="danger" onClick={() => setRemoving(true)}>
        {texts.remove}
      </Button>
      <Confirm
        open={isRemoving}
        onClose={() => setRemoving(false)}
        title={texts.removeTitle(rule.rule.name)}
        action={texts.remove}
        run={async () => {
          await value(api.DELETE('/api/v1/alert-rules/{id}', { params: { path: { id: rule.id } } }));
          await queries.invalidateQueries({ queryKey: ['alerts'] });
          toast(texts.removed);
          await navigate({ to: '/alerts', search: { tab: 'rules' } });
        }}
      >
        <p>{texts.removeWords}</p>
      </Confirm>
    </div>
  );
}

interface EditProps {
  rule: AlertRule;
  mayChange: boolean;
  /** Reads the rule again, and begins anew with it. */
  reload: () => void;
}

function Edit({ rule, mayChange, reload }: EditProps) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => draftOf(rule));
  const [isOutdated, setOutdated] = useState(false);
  const form = useForm(faultFields(draft), async () => {
    try {
      await value(
        api.PUT('/api/v1/alert-rules/{id}', {
          params: { path: { id: rule.id } },
          body: {
            rule: definitionOf(draft),
            enabled: draft.enabled,
            targets: targetsOf(draft),
            revision: rule.revision,
          },
        }),
      );
      await queries.invalidateQueries({ queryKey: ['alerts'] });
      toast(texts.saved);
      reload();
    } catch (e) {
      if (!(e instanceof RequestFailed && e.details['revision'])) throw e;
      setOutdated(true);
    }
  });
  return (
    <div className="alert-split">
      <RuleEditor
        draft={draft}
        change={setDraft}
        form={form}
        project={rule.project.slug}
        action={texts.save}
        secrets={rule.targets.filter((target) => target.has_secret).map((target) => target.id)}
        readOnly={!mayChange}
      >
        {isOutdated && (
          <p role="alert" className="field-error">
            {texts.conflict} <Button onClick={reload}>{texts.reload}</Button>
          </p>
        )}
      </RuleEditor>
      <BacktestPanel project={rule.project.slug} draft={draft} />
    </div>
  );
}

/** A rule: what it is, what it would have done, and what it did. */
export function RulePage() {
  const { id } = route.useParams();
  const { tab } = route.useSearch();
  const session = useSession();
  const asked = useQuery(ruleQuery(id));
  const [loads, setLoads] = useState(0);
  useTitle(asked.data?.rule.name ?? alertTexts.page);
  if (!asked.data) return <Missing asked={asked} rows={6} />;
  const rule = asked.data;
  const mayChange = can(session, 'alerts:write');
  return (
    <div className="page alert-page">
      <div className="alert-head">
        <div>
          <h1>{rule.rule.name}</h1>
          <p className="meta">
            {!rule.enabled && <Badge>{texts.off}</Badge>} {rule.sentence}
          </p>
        </div>
        {mayChange && <Actions rule={rule} />}
      </div>
      <nav className="tabs" aria-label={texts.tabs.label}>
        {TABS.map(([name, label]) => (
          <Link
            key={label}
            to="/alerts/$id"
            params={{ id }}
            search={(before) => ({ ...before, tab: name })}
            className="tab"
            activeOptions={{ exact: true, explicitUndefined: true }}
          >
            {label}
          </Link>
        ))}
      </nav>
      {tab === 'history' ? (
        <History rule={id} />
      ) : tab === 'backtest' ? (
        <BacktestResult project={rule.project.slug} rule={rule.rule} />
      ) : (
        <Edit
          key={`${id} ${loads}`}
          rule={rule}
          mayChange={mayChange}
          reload={() => void asked.refetch().then(() => setLoads(loads + 1))}
        />
      )}
    </div>
  );
}
