import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { SdkText } from '../../ui/SdkText';
import type { ContentProps } from './WidgetContent';
import { WidgetEmpty, WidgetMissing } from './WidgetState';
import { type Cell, cellText, exactFigure, figure } from './figures';
import { type Question, fieldsOf, rowsQuery } from './queries';
import { dashboardsTexts } from './texts';
import { type Leads, useLeads } from './useLeads';
import { isFunction } from './words';

const { widget: texts } = dashboardsTexts;

type Row = Readonly<Record<string, unknown>>;

/** What leads to the rows of a group; words alone where there is no page for them. */
function Lead({ leads, row, children }: { leads: Leads; row?: Row; children: ReactNode }) {
  const search = leads.search(row);
  return search ? (
    <Link to="/events" search={search}>
      {children}
    </Link>
  ) : (
    children
  );
}

/** One figure, as large as its place. */
export function NumberContent({ widget, scope, filter }: ContentProps) {
  const question: Question = { widget, scope, filter };
  const asked = useQuery(rowsQuery(question));
  const leads = useLeads(question);
  if (!asked.data || asked.error) return <WidgetMissing asked={asked} />;
  const counted = widget.y?.[0] ?? '';
  const value = asked.data.data[0]?.[counted];
  const type = asked.data.meta.fields[counted];
  return (
    <p className="widget-number">
      {typeof value === 'number' ? (
        <Lead leads={leads}>
          <span title={exactFigure(value, type)}>{figure(value, type)}</span>
        </Lead>
      ) : (
        cellText(value as Cell, type) || '–'
      )}
    </p>
  );
}

function TableCell({ value, type }: { value: Cell; type: string | undefined }) {
  const words = cellText(value, type);
  if (typeof value === 'number') return <span title={exactFigure(value, type)}>{words}</span>;
  return words === '' ? <span className="meta">{texts.none}</span> : <SdkText inList>{words}</SdkText>;
}

const NUMBERS = new Set(['integer', 'number', 'duration', 'percentage']);

/** Rows, or groups with what is counted of them, whose first column leads to them. */
export function TableContent({ widget, scope, filter }: ContentProps) {
  const question: Question = { widget, scope, filter };
  const asked = useQuery(rowsQuery(question));
  const leads = useLeads(question);
  if (!asked.data || asked.error) return <WidgetMissing asked={asked} />;
  const fields = fieldsOf(widget);
  const { data, meta } = asked.data;
  if (data.length === 0) return <WidgetEmpty />;
  const end = (field: string) => (NUMBERS.has(meta.fields[field] ?? '') ? 'num' : undefined);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <div className="widget-scroll" tabIndex={0} role="group" aria-label={widget.title}>
      <table className="widget-table">
        <thead>
          <tr>
            {fields.map((field) => (
              <th key={field} scope="col" className={end(field)}>
                {field}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.map((row, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows have nothing that tells them apart for sure
            <tr key={index}>
              {fields.map((field, column) => {
                const cell = <TableCell value={row[field] as Cell} type={meta.fields[field]} />;
                return (
                  <td key={field} className={end(field)}>
                    {column === 0 && !isFunction(field) ? (
                      <Lead leads={leads} row={row}>
                        {cell}
                      </Lead>
                    ) : (
                      cell
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The groups with the most, with bars beside each other. */
export function GroupsContent({ widget, scope, filter }: ContentProps) {
  const question: Question = { widget, scope, filter };
  const asked = useQuery(rowsQuery(question));
  const leads = useLeads(question);
  if (!asked.data || asked.error) return <WidgetMissing asked={asked} />;
  const { data, meta } = asked.data;
  const counted = widget.y?.[0] ?? '';
  const group = widget.group ?? '';
  if (data.length === 0) return <WidgetEmpty />;
  const number = (row: Row) => (typeof row[counted] === 'number' ? row[counted] : 0);
  const most = Math.max(0, ...data.map(number));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <div className="widget-scroll" tabIndex={0} role="group" aria-label={widget.title}>
      <ol className="widget-groups">
        {data.map((row, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- groups are told apart by values of any type
          <li key={index}>
            <span className="widget-group">
              <Lead leads={leads} row={row}>
                <TableCell value={row[group] as Cell} type={meta.fields[group]} />
              </Lead>
            </span>
            <span className="num">
              <TableCell value={row[counted] as Cell} type={meta.fields[counted]} />
            </span>
            <span className="widget-bar">
              <span style={{ width: `${most > 0 ? (100 * number(row)) / most : 0}%` }} />
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
