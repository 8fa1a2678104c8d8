import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Artifact, Path, Project } from '../../api/model';
import { present } from '../../app/search';
import { can, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { When } from '../../ui/When';
import { bytes } from '../../ui/format';
import { projectTexts } from './texts';

const { mappings: texts } = projectTexts;

const PAGE = 50;

const mappingsQuery = (project: number) =>
  infiniteQueryOptions({
    queryKey: ['project-mappings', project],
    queryFn: ({ pageParam }) =>
      value(
        api.GET('/api/v1/projects/{id}/artifacts', {
          params: {
            path: { id: project },
            query: present({ kind: 'proguard' as const, limit: PAGE, cursor: pageParam || undefined }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

const contentOf = (mapping: Artifact) =>
  ('/api/v1/artifacts/{id}/content' satisfies Path).replace('{id}', String(mapping.id));

/** The mappings of R8 and ProGuard, which need not be of a release. */
export function Mappings({ project }: { project: Project }) {
  const queries = useQueryClient();
  const answer = useInfiniteQuery(mappingsQuery(project.id));
  const mayDelete = can(useSession(), 'project:releases');
  const [removing, setRemoving] = useState<Artifact>();
  return (
    <>
      <Facts
        title={texts.title}
        note={texts.words}
        none={texts.none}
        heads={[
          { name: texts.id },
          { name: texts.release },
          { name: texts.size, end: true },
          { name: texts.at },
          ...(mayDelete ? [{ name: '' }] : []),
        ]}
        rows={answer.data?.pages.flatMap((page) => page.results)}
        asked={answer}
        rowKey={(mapping) => mapping.id}
        cells={(mapping) => [
          <a key="id" href={contentOf(mapping)} download>
            <code>{mapping.debug_id ?? mapping.name}</code>
          </a>,
          mapping.release ?? '–',
          bytes(mapping.size),
          <When key="at" at={mapping.created_at} />,
          ...(mayDelete
            ? [
                <Button key="remove" onClick={() => setRemoving(mapping)}>
                  {texts.remove}
                </Button>,
              ]
            : []),
        ]}
      />
      {answer.hasNextPage && (
        <div className="row-actions">
          <Button busy={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
            {texts.more}
          </Button>
        </div>
      )}
      <Confirm
        open={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={texts.removeTitle(removing?.debug_id ?? '')}
        action={texts.remove}
        run={async () => {
          if (removing)
            await value(api.DELETE('/api/v1/artifacts/{id}', { params: { path: { id: removing.id } } }));
          await queries.invalidateQueries({ queryKey: mappingsQuery(project.id).queryKey });
        }}
      >
        <p>{texts.removeWords}</p>
      </Confirm>
    </>
  );
}
