import { Link } from '@tanstack/react-router';
import type { Release } from '../../api/model';
import { Badge } from '../../ui/Badge';
import { releaseTexts } from './texts';

/** Where the artifacts are on the page of a release. */
export const ARTIFACTS = 'artifacts';

/** That events of a release lack source maps, if any do: a link to where they are uploaded. */
export function MissingMaps({ release }: { release: Pick<Release, 'id' | 'minified_events'> }) {
  return release.minified_events === 0 ? null : (
    <Link
      to="/releases/$id"
      params={{ id: release.id }}
      hash={ARTIFACTS}
      title={releaseTexts.missingMaps(release.minified_events)}
    >
      <Badge tone="warning">{releaseTexts.missingMapsMark(release.minified_events)}</Badge>
    </Link>
  );
}
