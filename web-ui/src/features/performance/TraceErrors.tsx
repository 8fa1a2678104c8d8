import { Link } from '@tanstack/react-router';
import type { TraceError } from '../../api/model';
import { LevelMark } from '../../ui/LevelMark';
import { SdkText } from '../../ui/SdkText';

/** Events of a trace, each with the way to its issue. */
export function TraceErrors({ errors }: { errors: readonly TraceError[] }) {
  return (
    <ul className="trace-errors">
      {errors.map((error) => (
        <li key={error.id}>
          <LevelMark level={error.level} />
          <Link
            to="/issues/$id"
            params={{ id: error.issue_id }}
            search={{ event: error.id }}
            preload="intent"
          >
            <SdkText inList>{error.title}</SdkText>
          </Link>
        </li>
      ))}
    </ul>
  );
}
