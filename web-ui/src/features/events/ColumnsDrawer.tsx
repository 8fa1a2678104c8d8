import { Button } from '../../ui/Button';
import { Drawer } from '../../ui/Dialog';
import { CheckField } from '../../ui/Field';
import { FieldInput, FieldList } from './FieldList';
import { COLUMNS, MAX_COLUMNS } from './queries';
import { eventTexts } from './texts';

interface ColumnsDrawerProps {
  columns: readonly string[];
  /** Keys of tags that the matches have. */
  tags: readonly string[];
  onChange: (columns: string[]) => void;
  onUsual: () => void;
  onClose: () => void;
}

/** Which columns the list has, in which order. */
export default function ColumnsDrawer({ columns, tags, onChange, onUsual, onClose }: ColumnsDrawerProps) {
  const isFull = columns.length >= MAX_COLUMNS;
  const add = (field: string) => {
    if (!isFull && !columns.includes(field)) onChange([...columns, field]);
  };
  const toggle = (field: string) => {
    if (!columns.includes(field)) add(field);
    else if (columns.length > 1) onChange(columns.filter((one) => one !== field));
  };
  return (
    <Drawer open onClose={onClose} title={eventTexts.columnsTitle}>
      <div className="fields-panel">
        <p className="meta">{eventTexts.columnsWords}</p>
        <FieldList label={eventTexts.columnsTitle} fields={columns} onChange={onChange} most={MAX_COLUMNS} />
        <FieldInput
          label={eventTexts.addColumn}
          known={[...COLUMNS, ...tags].filter((field) => !columns.includes(field))}
          onAdd={add}
          disabled={isFull}
        />
        <div className="fields-known">
          {COLUMNS.map((field) => (
            <CheckField
              key={field}
              label={eventTexts.column(field)}
              checked={columns.includes(field)}
              onChange={() => toggle(field)}
            />
          ))}
        </div>
        <Button onClick={onUsual}>{eventTexts.usual}</Button>
      </div>
    </Drawer>
  );
}
