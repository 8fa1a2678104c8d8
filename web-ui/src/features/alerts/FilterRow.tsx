import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { AlertFilter } from '../../api/model';
import { usersQuery } from '../../app/queries';
import { IconButton } from '../../ui/Button';
import { Inline, NumberField, Select, Text } from './Inline';
import { isOfSeveral, isWithoutValue, newFilter, valuesFor } from './draft';
import { teamsQuery } from './queries';
import { alertTexts } from './texts';
import { ATTRIBUTES, FILTER_TYPES, LEVELS, OPERATORS } from './words';

const { filters: texts, editor } = alertTexts;

interface PartProps {
  filter: AlertFilter;
  change: (filter: AlertFilter) => void;
}

function Test({ filter, change }: PartProps) {
  const operator = filter.operator ?? 'equals';
  const values = filter.values ?? [];
  return (
    <>
      <Select
        label={texts.operator}
        value={operator}
        words={OPERATORS.map((one) => [one, texts.operators[one]])}
        change={(next) => change({ ...filter, operator: next, values: valuesFor(next, values) })}
      />
      {!isWithoutValue(operator) && (
        <Text
          label={texts.values}
          placeholder={isOfSeveral(operator) ? texts.valuesHint : ''}
          value={values.join(', ')}
          change={(text) =>
            change({
              ...filter,
              values: isOfSeveral(operator) ? text.split(/, ?/) : [text],
            })
          }
        />
      )}
    </>
  );
}

function Assigned({ filter, change }: PartProps) {
  const { data: users = [] } = useQuery(usersQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const to = filter.to ?? 'anybody';
  const named =
    to === 'user'
      ? users.map((user) => [String(user.id), user.name || user.email] as const)
      : teams.map((team) => [String(team.id), team.name] as const);
  return (
    <>
      <Select
        label={texts.to}
        value={to}
        words={(['nobody', 'anybody', 'user', 'team'] as const).map((one) => [one, texts.assignees[one]])}
        change={(next) => {
          const first = next === 'user' ? users[0]?.id : next === 'team' ? teams[0]?.id : undefined;
          change({ type: filter.type, to: next, ...(first === undefined ? {} : { id: first }) });
        }}
      />
      {(to === 'user' || to === 'team') && (
        <Select
          label={to === 'user' ? texts.user : texts.team}
          value={String(filter.id ?? '')}
          words={named}
          change={(id) => change({ ...filter, id: Number(id) })}
        />
      )}
    </>
  );
}

function Fields({ filter, change }: PartProps) {
  switch (filter.type) {
    case 'level':
      return (
        <>
          <Select
            label={texts.order}
            value={filter.order ?? 'at_least'}
            words={(['equal', 'at_least', 'at_most'] as const).map((one) => [one, texts.orders[one]])}
            change={(order) => change({ ...filter, order })}
          />
          <Select
            label={texts.level}
            value={filter.level ?? 'error'}
            words={LEVELS.map((level) => [level, level])}
            change={(level) => change({ ...filter, level })}
          />
        </>
      );
    case 'release':
      return <Test filter={filter} change={change} />;
    case 'tag':
      return (
        <>
          <Text label={texts.key} value={filter.key ?? ''} change={(key) => change({ ...filter, key })} />
          <Test filter={filter} change={change} />
        </>
      );
    case 'attribute':
      return (
        <>
          <Select
            label={texts.name}
            value={filter.name ?? 'message'}
            words={ATTRIBUTES.map((name) => [name as string, name])}
            change={(name) => change({ ...filter, name })}
          />
          <Test filter={filter} change={change} />
        </>
      );
    case 'age':
      return (
        <>
          <Select
            label={texts.older}
            value={filter.older === false ? 'newer' : 'older'}
            words={(['older', 'newer'] as const).map((one) => [one, texts.ages[one]])}
            change={(age) => change({ ...filter, older: age === 'older' })}
          />
          <NumberField
            label={texts.minutes}
            value={filter.minutes}
            change={(minutes) => change({ ...filter, minutes })}
          />
          {texts.minutesUnit}
        </>
      );
    case 'occurrences':
      return (
        <>
          <NumberField
            label={texts.atLeast}
            value={filter.at_least}
            change={(at_least) => change({ ...filter, at_least })}
          />
          {texts.eventsUnit}
        </>
      );
    case 'assigned':
      return <Assigned filter={filter} change={change} />;
    case 'latest_release':
      return null;
  }
}

interface RowProps extends PartProps {
  number: number;
  fault: string | undefined;
  remove: () => void;
}

/** A filter, as a part of the sentence. */
export function FilterRow({ number, filter, fault, change, remove }: RowProps) {
  return (
    <div role="group" aria-label={texts.label(number)} className="alert-part">
      <Inline>
        <Select
          label={texts.label(number)}
          value={filter.type}
          words={FILTER_TYPES.map((type) => [type, texts.types[type]])}
          change={(type) => change(newFilter(type))}
        />
        <Fields filter={filter} change={change} />
        <IconButton label={editor.removeFilter(number)} onClick={remove}>
          <X aria-hidden />
        </IconButton>
      </Inline>
      {fault && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
