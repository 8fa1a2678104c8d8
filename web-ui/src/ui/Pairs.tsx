import './Pairs.css';
import { SdkText } from './SdkText';
import { shown } from './untrusted';

interface PairsProps {
  entries: readonly (readonly [string, unknown])[];
  label: string;
}

/** Names and values that an SDK sent, one below the other. */
export function Pairs({ entries, label }: PairsProps) {
  return (
    <dl className="pairs" aria-label={label}>
      {entries.map(([name, value], index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a header may be there twice
        <div key={`${name}-${index}`} className="pair">
          <dt>
            <SdkText inList>{name}</SdkText>
          </dt>
          <dd className="mono">
            <SdkText>{shown(value)}</SdkText>
          </dd>
        </div>
      ))}
    </dl>
  );
}
