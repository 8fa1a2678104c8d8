import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from '../../ui/Button';
import { Facts } from '../../ui/Facts';
import { SdkText } from '../../ui/SdkText';
import { When } from '../../ui/When';
import { historyQuery } from './queries';
import { alertTexts } from './texts';

const { history: texts } = alertTexts;

/** When a rule did fire; never mixed with what it would have done. */
export function History({ rule }: { rule: number }) {
  const asked = useInfiniteQuery(historyQuery(rule));
  return (
    <>
      <Facts
        title={texts.title}
        none={texts.none}
        heads={[{ name: texts.at }, { name: texts.issue }, { name: texts.why }]}
        rows={asked.data?.pages.flatMap((page) => page.results)}
        asked={asked}
        rowKey={(firing) => firing.id}
        cells={(firing) => [
          <When key="at" at={firing.fired_at} form="local" />,
          firing.issue === null ? (
            alertTexts.firing.project
          ) : (
            <Link key="issue" to="/issues/$id" params={{ id: firing.issue }}>
              <SdkText inList limit={120}>
                {firing.title}
              </SdkText>
            </Link>
          ),
          <span key="why">
            {firing.reason}
            {firing.summarised && <span className="meta"> {texts.summarised}</span>}
          </span>,
        ]}
      />
      {asked.hasNextPage && (
        <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {texts.more}
        </Button>
      )}
    </>
  );
}
