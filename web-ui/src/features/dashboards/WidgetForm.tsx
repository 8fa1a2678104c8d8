import { type FormEvent, useEffect, useState } from 'react';
import type { DashboardWidget } from '../../api/model';
import type { Scope } from '../../app/search';
import { oneOf } from '../../app/search';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { SelectField, TextArea, TextField } from '../../ui/Field';
import { WidgetContent } from './WidgetContent';
import './dashboards.css';
import {
  EXPLORED,
  ISSUE_SORTS,
  KINDS,
  type WidgetDraft,
  draftOf,
  isChart,
  ofKind,
  sized,
  widgetOf,
} from './kinds';
import { dashboardsTexts } from './texts';

const { form: texts } = dashboardsTexts;
const PAUSE_MILLIS = 400;
const PREVIEW_HEIGHT = 180;

/** What was written, once nothing more has been for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function isWhole({ y, fields, group, kind }: DashboardWidget): boolean {
  if (kind === 'issues') return true;
  if (kind === 'table') return (fields ?? []).length > 0;
  return (y ?? []).length > 0 && (kind !== 'top' || group !== null);
}

interface PartProps {
  draft: WidgetDraft;
  set: (part: Partial<WidgetDraft>) => void;
}

/** What is counted, and of which groups. */
function Counted({ draft, set }: PartProps) {
  const chart = isChart(draft.kind);
  return (
    <>
      {chart ? (
        <TextArea
          label={texts.y}
          hint={texts.yHint}
          rows={2}
          required
          spellCheck={false}
          value={draft.y}
          onChange={(e) => set({ y: e.target.value })}
        />
      ) : (
        <TextField
          label={texts.yOne}
          hint={texts.yOneHint}
          required
          autoComplete="off"
          spellCheck={false}
          value={draft.y}
          onChange={(e) => set({ y: e.target.value })}
        />
      )}
      {draft.kind !== 'number' && (
        <TextField
          label={chart ? texts.groupOfChart : texts.group}
          hint={chart ? texts.groupOfChartHint : texts.groupHint}
          required={!chart}
          autoComplete="off"
          spellCheck={false}
          value={draft.group}
          onChange={(e) => set({ group: e.target.value })}
        />
      )}
    </>
  );
}

/** The order of rows, and how many there are. */
function Rows({ draft, set }: PartProps) {
  const chart = isChart(draft.kind);
  if (draft.kind === 'number' || (chart && draft.group.trim() === '')) return null;
  return (
    <>
      {draft.kind === 'table' && (
        <>
          <TextArea
            label={texts.fields}
            hint={texts.fieldsHint}
            required
            spellCheck={false}
            value={draft.fields}
            onChange={(e) => set({ fields: e.target.value })}
          />
          <TextField
            label={texts.sort}
            hint={texts.sortHint}
            autoComplete="off"
            spellCheck={false}
            value={draft.sort}
            onChange={(e) => set({ sort: e.target.value })}
          />
        </>
      )}
      {draft.kind === 'issues' && (
        <SelectField label={texts.sort} value={draft.sort} onChange={(e) => set({ sort: e.target.value })}>
          {ISSUE_SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {texts.sorts[sort]}
            </option>
          ))}
        </SelectField>
      )}
      <TextField
        label={chart ? texts.groups : texts.limit}
        hint={chart ? texts.groupsHint : texts.limitHint}
        type="number"
        min={1}
        max={chart ? 10 : 50}
        value={draft.limit}
        onChange={(e) => set({ limit: e.target.value })}
      />
    </>
  );
}

interface Props {
  widget: DashboardWidget;
  isNew: boolean;
  scope: Scope;
  filter: string;
  onClose: () => void;
  apply: (widget: DashboardWidget) => void;
}

/** Says what a widget shows, and shows it. */
export function WidgetForm({ widget, isNew, scope, filter, onClose, apply }: Props) {
  const [draft, setDraft] = useState(() => draftOf(widget));
  const set = (part: Partial<WidgetDraft>) => setDraft((before) => ({ ...before, ...part }));
  const settled = useSettled(draft);
  const preview = widgetOf(settled, widget.layout);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const written = widgetOf(draft, widget.layout);
    apply(isNew ? sized(written) : written);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={isNew ? texts.addTitle : texts.editTitle(widget.title)}
      width="wide"
    >
      <form className="dashboards-form" onSubmit={submit}>
        <div className="widget-form">
          <TextField
            label={texts.title}
            required
            maxLength={100}
            autoComplete="off"
            value={draft.title}
            onChange={(e) => set({ title: e.target.value })}
          />
          <SelectField
            label={texts.kind}
            value={draft.kind}
            onChange={(e) =>
              setDraft((before) => ofKind(before, oneOf(e.target.value, KINDS) ?? before.kind))
            }
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {texts.kinds[kind]}
              </option>
            ))}
          </SelectField>
          {draft.kind !== 'issues' && (
            <SelectField
              label={texts.dataset}
              value={draft.dataset}
              onChange={(e) => set({ dataset: oneOf(e.target.value, EXPLORED) ?? 'events' })}
            >
              {EXPLORED.map((dataset) => (
                <option key={dataset} value={dataset}>
                  {texts.datasets[dataset]}
                </option>
              ))}
            </SelectField>
          )}
          <TextField
            label={texts.query}
            hint={texts.queryHint}
            maxLength={2_000}
            autoComplete="off"
            spellCheck={false}
            value={draft.query}
            onChange={(e) => set({ query: e.target.value })}
          />
          {draft.kind !== 'table' && draft.kind !== 'issues' && <Counted draft={draft} set={set} />}
          <Rows draft={draft} set={set} />
        </div>
        <section className="card widget-preview" aria-label={texts.preview}>
          <h3 className="meta">{texts.preview}</h3>
          {isWhole(preview) && (
            <WidgetContent widget={preview} scope={scope} filter={filter} height={PREVIEW_HEIGHT} />
          )}
        </section>
        <div className="dialog-actions">
          <Button look="primary" type="submit">
            {isNew ? texts.add : texts.keep}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
