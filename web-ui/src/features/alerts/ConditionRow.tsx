import { X } from 'lucide-react';
import type { AlertCondition } from '../../api/model';
import { IconButton } from '../../ui/Button';
import { Inline, MinutesField, NumberField, Select } from './Inline';
import { newCondition } from './draft';
import { alertTexts } from './texts';
import { CONDITION_TYPES } from './words';

const { conditions: texts, editor } = alertTexts;

interface RowProps {
  number: number;
  condition: AlertCondition;
  fault: string | undefined;
  change: (condition: AlertCondition) => void;
  remove: (() => void) | undefined;
}

function Measure({ condition, change }: Pick<RowProps, 'condition' | 'change'>) {
  return (
    <Select
      label={texts.measure}
      value={condition.measure ?? 'events'}
      words={[
        ['events', texts.measures.events],
        ['users', texts.measures.users],
      ]}
      change={(measure) => change({ ...condition, measure })}
    />
  );
}

function Fields({ condition, change }: Pick<RowProps, 'condition' | 'change'>) {
  switch (condition.type) {
    case 'frequency':
      return (
        <>
          <Select
            label={texts.order}
            value={condition.reaches ? 'reaches' : 'more'}
            words={[
              ['more', texts.orders.more],
              ['reaches', texts.orders.reaches],
            ]}
            change={(order) => change({ ...condition, reaches: order === 'reaches' })}
          />
          <NumberField
            label={texts.threshold}
            least={0}
            value={condition.threshold}
            change={(threshold) => change({ ...condition, threshold })}
          />
          <Measure condition={condition} change={change} />
          {texts.inLast}
          <MinutesField
            label={texts.window}
            value={condition.window_minutes}
            change={(window_minutes) => change({ ...condition, window_minutes })}
          />
        </>
      );
    case 'increase':
      return (
        <>
          <NumberField
            label={texts.percent}
            value={condition.percent}
            change={(percent) => change({ ...condition, percent })}
          />
          {texts.percentMore}
          <Measure condition={condition} change={change} />
          {texts.inLast}
          <MinutesField
            label={texts.window}
            value={condition.window_minutes}
            change={(window_minutes) => change({ ...condition, window_minutes })}
          />
          {texts.thanBefore}
          <MinutesField
            label={texts.before}
            value={condition.before_minutes}
            change={(before_minutes) => change({ ...condition, before_minutes })}
          />
        </>
      );
    case 'crash_free_below':
      return (
        <>
          <NumberField
            label={texts.percent}
            least={0}
            step="any"
            value={condition.percent}
            change={(percent) => change({ ...condition, percent })}
          />
          {texts.below}
          <Select
            label={texts.rate}
            value={condition.rate ?? 'sessions'}
            words={[
              ['sessions', texts.rates.sessions],
              ['users', texts.rates.users],
            ]}
            change={(rate) => change({ ...condition, rate })}
          />
          {texts.inLast}
          <MinutesField
            label={texts.window}
            value={condition.window_minutes}
            change={(window_minutes) => change({ ...condition, window_minutes })}
          />
          {texts.atLeast}
          <NumberField
            label={texts.minimum}
            value={condition.minimum}
            change={(minimum) => change({ ...condition, minimum })}
          />
        </>
      );
    case 'spike':
      return (
        <Select
          label={texts.of}
          value={condition.of ?? 'project'}
          words={[
            ['issue', texts.extents.issue],
            ['project', texts.extents.project],
          ]}
          change={(of) => change({ ...condition, of })}
        />
      );
    case 'new_issue':
    case 'regression':
    case 'unignored':
    case 'every_event':
      return null;
  }
}

/** A condition, as a part of the sentence. */
export function ConditionRow({ number, condition, fault, change, remove }: RowProps) {
  return (
    <div role="group" aria-label={texts.label(number)} className="alert-part">
      <Inline>
        <Select
          label={texts.label(number)}
          value={condition.type}
          words={CONDITION_TYPES.map((type) => [type, texts.types[type]])}
          change={(type) => change(newCondition(type))}
        />
        <Fields condition={condition} change={change} />
        {remove && (
          <IconButton label={editor.removeCondition(number)} onClick={remove}>
            <X aria-hidden />
          </IconButton>
        )}
      </Inline>
      {fault && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
