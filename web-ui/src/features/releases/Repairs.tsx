import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import type { Release } from '../../api/model';
import { repairsQuery } from './queries';
import { releaseTexts } from './texts';

const texts = releaseTexts.repairs;

/** What source maps that came late made of the release's events. */
export function Repairs({ release }: { release: Release }) {
  const id = useId();
  const { data } = useQuery(repairsQuery(release.project.id));
  const repairs = data?.results.filter(
    (regroup) => regroup.cause === 'source_maps' && regroup.releases.includes(release.version),
  );
  if (!repairs?.length) return null;
  return (
    <div className="meta release-repairs">
      <span id={id}>{texts.words}</span>
      <ul aria-labelledby={id}>
        {repairs.map((regroup) => (
          <li key={regroup.id}>
            <Link to="/projects/$slug/regroups/$id" params={{ slug: release.project.slug, id: regroup.id }}>
              {texts.readable(regroup.readable_events, regroup.state)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
