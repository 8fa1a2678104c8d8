import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../ui/Button';
import { Drawer } from '../../ui/Dialog';
import { SelectField, TextField } from '../../ui/Field';
import { FieldInput, FieldList } from './FieldList';
import { COLUMNS, MAX_FIGURES, MAX_GROUPS } from './queries';
import { eventTexts } from './texts';

interface GroupDrawerProps {
  group: readonly string[];
  figures: readonly string[];
  tags: readonly string[];
  onGroup: (group: string[]) => void;
  onFigures: (figures: string[]) => void;
  onClose: () => void;
}

/** A function and what it is of. */
function FigureInput({ known, onAdd }: { known: readonly string[]; onAdd: (figure: string) => void }) {
  const [name, setName] = useState('p95');
  const [field, setField] = useState('');
  const list = useId();
  const needsField = !name.endsWith(')');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (needsField && field.trim() === '') return;
    onAdd(needsField ? `${name}(${field.trim()})` : name);
    setField('');
  };
  return (
    <form className="field-input" onSubmit={submit}>
      <SelectField
        label={eventTexts.addFigure}
        value={name}
        onChange={(event) => setName(event.target.value)}
      >
        {Object.entries(eventTexts.functions).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </SelectField>
      {needsField && (
        <>
          <TextField
            label={eventTexts.ofField}
            list={list}
            value={field}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setField(event.target.value)}
          />
          <datalist id={list}>
            {known.map((one) => (
              <option key={one} value={one}>
                {eventTexts.column(one)}
              </option>
            ))}
          </datalist>
        </>
      )}
      <Button type="submit" disabled={needsField && field.trim() === ''}>
        {eventTexts.add}
      </Button>
    </form>
  );
}

/** What makes groups of events, and what is shown of each. */
export default function GroupDrawer(props: GroupDrawerProps) {
  const { group, figures, tags, onGroup, onFigures, onClose } = props;
  const known = [...COLUMNS, ...tags];
  return (
    <Drawer open onClose={onClose} title={eventTexts.groupTitle}>
      <div className="fields-panel">
        <h3>{eventTexts.groupFields}</h3>
        <FieldList
          label={eventTexts.groupFields}
          fields={group}
          onChange={onGroup}
          most={MAX_GROUPS}
          mayBeEmpty
        />
        <FieldInput
          label={eventTexts.addGroup}
          known={known.filter((field) => !group.includes(field))}
          onAdd={(field) => onGroup([...new Set([...group, field])])}
          disabled={group.length >= MAX_GROUPS}
        />
        <h3>{eventTexts.groupFigures}</h3>
        <FieldList label={eventTexts.groupFigures} fields={figures} onChange={onFigures} most={MAX_FIGURES} />
        {figures.length < MAX_FIGURES && (
          <FigureInput known={known} onAdd={(figure) => onFigures([...new Set([...figures, figure])])} />
        )}
        {group.length > 0 && <Button onClick={() => onGroup([])}>{eventTexts.ungroup}</Button>}
      </div>
    </Drawer>
  );
}
