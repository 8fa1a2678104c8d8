import { useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { RequestFailed, api, value } from '../../api/client';
import type { SavedDashboard } from '../../api/model';
import type { Scope } from '../../app/search';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { CheckField, FormFault, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import { EditBoard } from './Board';
import { WidgetForm } from './WidgetForm';
import './dashboards.css';
import { newWidget } from './kinds';
import { below } from './layout';
import { SAVED, dashboardQuery } from './queries';
import { dashboardsTexts as texts } from './texts';
import { draftOf, useDraft } from './useDraft';

const { fields } = texts;

interface EditorProps {
  dashboard: SavedDashboard;
  scope: Scope;
  filter: string;
  leave: () => void;
}

/** The dashboard while it is being changed. Somebody else's change begins it anew only when that is wanted. */
export function DashboardEditor({ dashboard, ...props }: EditorProps) {
  const [begun, setBegun] = useState(dashboard);
  const queries = useQueryClient();
  const readAgain = async () => {
    const query = dashboardQuery(begun.id);
    await queries.invalidateQueries({ queryKey: query.queryKey, refetchType: 'none' });
    setBegun(await queries.fetchQuery(query));
  };
  return <Editor key={begun.revision} dashboard={begun} readAgain={() => void readAgain()} {...props} />;
}

function Editor({ dashboard, scope, filter, leave, readAgain }: EditorProps & { readAgain: () => void }) {
  const queries = useQueryClient();
  const [draft, actions] = useDraft(dashboard);
  const [edited, setEdited] = useState<number | 'new'>();
  const [leaving, setLeaving] = useState(false);
  const [isLate, setLate] = useState(false);
  const widgets = draft.widgets.map(({ widget }) => widget);
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(dashboard));
  const form = useForm(['name', 'description', 'shared'], async () => {
    const { name, description, shared } = draft;
    try {
      const saved = await value(
        api.PUT('/api/v1/dashboards/{id}', {
          params: { path: { id: dashboard.id } },
          body: { name, description, shared, widgets, revision: dashboard.revision },
        }),
      );
      queries.setQueryData(dashboardQuery(dashboard.id).queryKey, saved);
      await queries.invalidateQueries({ queryKey: [SAVED, 'list'] });
      toast(texts.saved(saved.name));
      leave();
    } catch (error) {
      setLate(error instanceof RequestFailed && error.status === 409);
      throw error;
    }
  });
  const chosen =
    edited === 'new'
      ? newWidget(below(widgets.map(({ layout }) => layout)))
      : draft.widgets.find(({ key }) => key === edited)?.widget;
  return (
    <div className="page dashboards">
      <form className="dashboards-edit" onSubmit={form.submit}>
        <div className="dashboards-head">
          <h1>{dashboard.name}</h1>
          <Button icon={<Plus aria-hidden />} onClick={() => setEdited('new')}>
            {texts.addWidget}
          </Button>
          <Button onClick={actions.closeGaps} disabled={widgets.length === 0}>
            {texts.closeGaps}
          </Button>
          <Button look="primary" type="submit" busy={form.busy}>
            {texts.save}
          </Button>
          <Button look="quiet" onClick={() => (isChanged ? setLeaving(true) : leave())}>
            {texts.cancel}
          </Button>
        </div>
        <div className="dashboards-settings">
          <TextField
            label={fields.name}
            required
            maxLength={100}
            autoComplete="off"
            value={draft.name}
            error={form.errors['name']}
            onChange={(e) => actions.set({ name: e.target.value })}
          />
          <TextField
            label={fields.description}
            maxLength={500}
            autoComplete="off"
            value={draft.description}
            error={form.errors['description']}
            onChange={(e) => actions.set({ description: e.target.value })}
          />
          {dashboard.removable && (
            <CheckField
              label={fields.shared}
              checked={draft.shared}
              onChange={(e) => actions.set({ shared: e.target.checked })}
            />
          )}
        </div>
        <FormFault>{form.fault}</FormFault>
        {isLate && <Button onClick={readAgain}>{texts.readAgain}</Button>}
      </form>
      <EditBoard
        widgets={draft.widgets}
        scope={scope}
        filter={filter}
        actions={actions}
        edit={(key) => setEdited(key)}
      />
      {edited !== undefined && chosen && (
        <WidgetForm
          widget={chosen}
          isNew={edited === 'new'}
          scope={scope}
          filter={filter}
          onClose={() => setEdited(undefined)}
          apply={(widget) => (edited === 'new' ? actions.add(widget) : actions.replace(edited, widget))}
        />
      )}
      <Confirm
        open={leaving}
        onClose={() => setLeaving(false)}
        title={texts.leaveTitle}
        action={texts.leave}
        run={async () => {
          leave();
          await Promise.resolve();
        }}
      >
        <p>{texts.leaveWords}</p>
      </Confirm>
    </div>
  );
}
