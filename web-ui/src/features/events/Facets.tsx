import { useQuery } from '@tanstack/react-query';
import { Minus } from 'lucide-react';
import type { ExploredFacet } from '../../api/model';
import { queryFault } from '../../app/query/fault';
import { useKept } from '../../app/query/useKept';
import { hasTerm, termOf } from '../../app/query/narrow';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { exactNumber, shortNumber } from '../../ui/format';
import { type Asked, facetsQuery } from './queries';
import { eventTexts } from './texts';

interface FacetsProps {
  search: Asked;
  /** Called with what is to be searched for besides. */
  onTerm: (term: string) => void;
}

const PERCENT = 100;

function Value({
  field,
  value,
  count,
  rows,
  search,
  onTerm,
}: FacetsProps & { field: string; value: string | null; count: number; rows: number }) {
  const term = termOf(field, value);
  const without = termOf(field, value, true);
  return (
    <li className="facet-row">
      <button
        type="button"
        className="facet-value"
        title={eventTexts.include(term)}
        aria-pressed={hasTerm(search.query, term)}
        onClick={(click) => onTerm(click.altKey ? without : term)}
      >
        <span className="facet-words">
          {value === null ? (
            <span className="meta">{eventTexts.unset}</span>
          ) : (
            <SdkText inList>{value}</SdkText>
          )}
        </span>
        <span className="facet-count" title={exactNumber(count)}>
          {shortNumber(count)}
        </span>
        <meter className="facet-bar" min={0} max={Math.max(1, rows)} value={count} aria-hidden>
          {Math.round((count / Math.max(1, rows)) * PERCENT)} %
        </meter>
      </button>
      <button
        type="button"
        className="facet-without"
        aria-label={eventTexts.exclude(without)}
        title={eventTexts.exclude(without)}
        onClick={() => onTerm(without)}
      >
        <Minus aria-hidden />
      </button>
    </li>
  );
}

function Facet({ facet, all, ...rest }: FacetsProps & { facet: ExploredFacet; all: number }) {
  return (
    <section className="facet">
      <h2>
        <SdkText inList>{eventTexts.column(facet.key)}</SdkText>
        {facet.rows < all && <span className="meta"> {eventTexts.ofRows(exactNumber(facet.rows))}</span>}
      </h2>
      <ul>
        {facet.values.map(({ value, count }) => (
          <Value key={value} field={facet.key} value={value} count={count} rows={facet.rows} {...rest} />
        ))}
        {facet.missing > 0 && (
          <Value field={facet.key} value={null} count={facet.missing} rows={facet.rows} {...rest} />
        )}
      </ul>
    </section>
  );
}

/** What the matches have in common; a click narrows the search, with Alt or by the minus to what has it not. */
export function Facets(props: FacetsProps) {
  const asked = useQuery(facetsQuery(props.search));
  const isFaulty = queryFault(asked.error) !== undefined;
  const kept = useKept(asked.data);
  const data = isFaulty ? kept : asked.data;
  return (
    <section
      className="facets"
      aria-label={eventTexts.facets}
      data-stale={asked.isPlaceholderData || undefined}
    >
      {!data ? (
        !isFaulty && <Missing asked={asked} rows={8} />
      ) : (
        <>
          {data.sampled && <p className="meta">{eventTexts.sampled(exactNumber(data.rows))}</p>}
          {data.facets.length === 0 && <p className="meta">{eventTexts.noFacets}</p>}
          {data.facets.map((facet) => (
            <Facet key={facet.key} facet={facet} all={data.rows} {...props} />
          ))}
        </>
      )}
    </section>
  );
}
