import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, value } from '../../api/client';
import type { Artifact, Path, Release } from '../../api/model';
import { can, useSession } from '../../app/session';
import { useAnchor } from '../../app/useAnchor';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { SdkText } from '../../ui/SdkText';
import { When } from '../../ui/When';
import { bytes } from '../../ui/format';
import { ARTIFACTS } from './MissingMaps';
import { NewArtifact } from './NewArtifact';
import { artifactsQuery } from './queries';
import { releaseTexts } from './texts';

const { artifacts: texts } = releaseTexts;

const HASH_DIGITS = 12;

const contentOf = (artifact: Artifact) =>
  ('/api/v1/artifacts/{id}/content' satisfies Path).replace('{id}', String(artifact.id));

/** The source maps and other files of a release, and a way to add and to delete some. */
export function Artifacts({ release }: { release: Release }) {
  const queries = useQueryClient();
  const part = useRef<HTMLDivElement>(null);
  useAnchor(ARTIFACTS, part);
  const answer = useInfiniteQuery(artifactsQuery(release.id));
  const mayChange = can(useSession(), 'project:releases');
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Artifact>();
  const rows = answer.data?.pages.flatMap((page) => page.results);
  return (
    <div ref={part} id={ARTIFACTS} className="release-artifacts">
      <Facts
        title={texts.title}
        note={release.minified_events > 0 ? releaseTexts.missingMaps(release.minified_events) : undefined}
        none={texts.none}
        heads={[
          { name: texts.name },
          { name: texts.kind },
          { name: texts.debugId },
          { name: texts.size, end: true },
          { name: texts.checksum },
          { name: texts.at },
          ...(mayChange ? [{ name: '' }] : []),
        ]}
        rows={rows}
        asked={answer}
        rowKey={(artifact) => artifact.id}
        cells={(artifact) => [
          <a key="name" href={contentOf(artifact)} download title={artifact.url ?? artifact.name}>
            <SdkText inList limit={120}>
              {artifact.name}
            </SdkText>
          </a>,
          artifact.dist
            ? texts.kindOf(texts.kinds[artifact.kind], artifact.dist)
            : texts.kinds[artifact.kind],
          <code key="debug">{artifact.debug_id ?? '–'}</code>,
          bytes(artifact.size),
          <code key="checksum" title={artifact.checksum}>
            {artifact.checksum.slice(0, HASH_DIGITS)}
          </code>,
          <When key="at" at={artifact.created_at} />,
          ...(mayChange
            ? [
                <Button key="remove" onClick={() => setRemoving(artifact)}>
                  {texts.remove}
                </Button>,
              ]
            : []),
        ]}
      />
      <div className="row-actions">
        {mayChange && <Button onClick={() => setAdding(true)}>{texts.upload}</Button>}
        {answer.hasNextPage && (
          <Button busy={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
            {texts.more}
          </Button>
        )}
      </div>
      {isAdding && <NewArtifact release={release} onClose={() => setAdding(false)} />}
      <Confirm
        open={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={texts.removeTitle(removing?.name ?? '')}
        action={texts.remove}
        run={async () => {
          if (removing)
            await value(api.DELETE('/api/v1/artifacts/{id}', { params: { path: { id: removing.id } } }));
          await queries.invalidateQueries({ queryKey: ['release', release.id, 'artifacts'] });
        }}
      >
        <p>{texts.removeWords}</p>
      </Confirm>
    </div>
  );
}
