import type { ReactNode } from 'react';
import { texts } from '../texts/en';
import './Facts.css';
import { type Asked, Missing } from './State';

interface FactsProps<T> {
  title: string;
  note?: string | undefined;
  /** In place of the rows when there are none. */
  none: string;
  /** A column of buttons has no name. */
  heads: readonly { name: string; end?: boolean }[];
  /** Undefined as long as they are not there, for which {@link asked} says why. */
  rows: readonly T[] | undefined;
  asked?: Asked;
  rowKey: (row: T) => string | number;
  /** As many as there are heads; the first names the row. */
  cells: (row: T) => readonly ReactNode[];
}

/** A short table that is shown whole. */
export function Facts<T>({ title, note, none, heads, rows, asked, rowKey, cells }: FactsProps<T>) {
  return (
    <section className="card facts">
      <h2>{title}</h2>
      {note && <p className="meta">{note}</p>}
      {rows === undefined ? (
        asked && <Missing asked={asked} rows={3} />
      ) : rows.length === 0 ? (
        <p className="facts-none">{none}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
        <div className="facts-scroll" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {heads.map(({ name, end }) => (
                  <th key={name} scope="col" className={end ? 'num' : undefined}>
                    {name || <span className="sr-only">{texts.table.actions}</span>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={rowKey(row)}>
                  {cells(row).map((cell, index) => {
                    const name = heads[index]?.name ?? index;
                    const end = heads[index]?.end ? 'num' : undefined;
                    return index === 0 ? (
                      <th key={name} scope="row">
                        {cell}
                      </th>
                    ) : (
                      <td key={name} className={end}>
                        {cell}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
