import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useTitle } from '../../app/useTitle';
import { Facts } from '../../ui/Facts';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { exactNumber } from '../../ui/format';
import { PerformanceTabs } from './PerformanceTabs';
import './performance.css';
import { statementsQuery } from './queries';
import { performanceTexts } from './texts';
import { milliseconds } from './words';

const route = getRouteApi('/shell/performance/queries');
const { statements: texts } = performanceTexts;

function Statement({ children }: { children: string }) {
  return (
    <span className="mono statement">
      <SdkText limit={240}>{children}</SdkText>
    </span>
  );
}

/** What transactions ask databases for: what is slow, and what is asked again and again. */
export function StatementsPage() {
  useTitle(performanceTexts.tabs.statements);
  const answer = useQuery(statementsQuery(route.useSearch()));
  const { heads } = texts;
  return (
    <div className="page statements-page" data-stale={answer.isPlaceholderData || undefined}>
      <h1 className="sr-only">{performanceTexts.tabs.statements}</h1>
      <PerformanceTabs />
      {answer.data === undefined ? (
        <Missing asked={answer} />
      ) : (
        <>
          <p className="meta">{texts.looked(answer.data.transactions, answer.data.calls)}</p>
          <Facts
            title={texts.repeated}
            note={texts.repeatedNote}
            none={texts.noRepeated}
            heads={[
              { name: heads.query },
              { name: heads.endpoint },
              { name: heads.transactions, end: true },
              { name: heads.most, end: true },
              { name: heads.longest, end: true },
            ]}
            rows={answer.data.repeated}
            rowKey={(one) => `${one.project_id} ${one.transaction} ${one.statement}`}
            cells={(one) => [
              <Statement key="query">{one.statement}</Statement>,
              <Link key="trace" to="/traces/$id" params={{ id: one.trace_id }} preload="intent">
                <SdkText inList>{one.transaction}</SdkText>
              </Link>,
              exactNumber(one.transactions),
              exactNumber(one.most_calls),
              milliseconds(one.longest_ms),
            ]}
          />
          <Facts
            title={texts.slow}
            note={texts.slowNote}
            none={texts.noSlow}
            heads={[
              { name: heads.query },
              { name: heads.slowest },
              { name: heads.calls, end: true },
              { name: heads.transactions, end: true },
              { name: heads.p95, end: true },
              { name: heads.total, end: true },
            ]}
            rows={answer.data.slow}
            rowKey={(one) => `${one.project_id} ${one.statement}`}
            cells={(one) => [
              <Statement key="query">{one.statement}</Statement>,
              <Link key="trace" to="/traces/$id" params={{ id: one.slowest_trace_id }} preload="intent">
                {milliseconds(one.slowest_ms)} · <SdkText inList>{one.slowest_in}</SdkText>
              </Link>,
              exactNumber(one.calls),
              exactNumber(one.transactions),
              milliseconds(one.p95),
              milliseconds(one.total_ms),
            ]}
          />
        </>
      )}
    </div>
  );
}
