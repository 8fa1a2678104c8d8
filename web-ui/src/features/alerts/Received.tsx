import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '../../ui/Button';
import { Facts } from '../../ui/Facts';
import { SdkText } from '../../ui/SdkText';
import { When } from '../../ui/When';
import { receivedAlertsQuery } from '../webhooks/webhookQueries';
import { webhookTexts } from '../webhooks/webhookTexts';

const { received: texts } = webhookTexts;

/** What other trackers have sent, of a project or of all that one sees. */
export function Received({ project }: { project?: number }) {
  const received = useInfiniteQuery(receivedAlertsQuery(project));
  return (
    <>
      <Facts
        title={texts.list}
        note={texts.words}
        none={texts.none}
        heads={[{ name: texts.title }, { name: texts.source }, { name: texts.kind }, { name: texts.at }]}
        rows={received.data?.pages.flatMap((page) => page.results)}
        asked={received}
        rowKey={(one) => one.id}
        cells={(one) => [
          one.url ? (
            <a key="title" href={one.url} rel="noreferrer noopener" target="_blank">
              <SdkText inList>{one.title}</SdkText>
            </a>
          ) : (
            <SdkText key="title" inList>
              {one.title}
            </SdkText>
          ),
          one.source_name,
          [one.resource, one.action].filter(Boolean).join(' '),
          <When key="at" at={one.received_at} />,
        ]}
      />
      {received.hasNextPage && (
        <Button busy={received.isFetchingNextPage} onClick={() => void received.fetchNextPage()}>
          {texts.more}
        </Button>
      )}
    </>
  );
}
