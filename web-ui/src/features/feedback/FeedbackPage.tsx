import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Paperclip } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { RequestFailed } from '../../api/client';
import type { Feedback } from '../../api/model';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { SdkText } from '../../ui/SdkText';
import { SearchBar } from '../../ui/SearchBar';
import { Fault, Skeleton, State } from '../../ui/State';
import '../../ui/Tabs.css';
import { When } from '../../ui/When';
import { exactNumber } from '../../ui/format';
import { useHotkeys } from '../../ui/hotkeys';
import { FeedbackDetail } from './FeedbackDetail';
import { FeedbackSetup } from './FeedbackSetup';
import { useFeedbackActions } from './actions';
import './feedback.css';
import { STATUSES, type Status, everOf, feedbackCountsQuery, feedbackListQuery } from './queries';
import { feedbackTexts as texts } from './texts';

const route = getRouteApi('/shell/feedback');
/** A link that leaves something out is not where one is while that is there. */
const WHOLE_ADDRESS = { explicitUndefined: true };

function Row({ one, isCurrent }: { one: Feedback; isCurrent: boolean }) {
  const search = route.useSearch();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isCurrent) link.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  return (
    <li>
      <Link
        ref={link}
        to="/feedback"
        search={{ ...search, id: one.id }}
        resetScroll={false}
        className="feedback-row"
        aria-current={isCurrent ? 'true' : undefined}
      >
        <span className="feedback-row-head">
          <b>
            <SdkText inList limit={60}>
              {one.name ?? one.email ?? texts.anonymous}
            </SdkText>
          </b>
          <span className="meta">
            <When at={one.received_at} />
          </span>
        </span>
        <span className="feedback-row-words">
          <SdkText inList limit={200}>
            {one.message}
          </SdkText>
        </span>
        <span className="meta feedback-row-foot">
          <span>{one.project_slug}</span>
          {one.issue && (
            <SdkText inList limit={80}>
              {one.issue.title}
            </SdkText>
          )}
          {one.attachment_count > 0 && (
            <span className="feedback-row-files">
              <Paperclip aria-hidden /> {texts.files(one.attachment_count)}
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}

/** Why there is nothing: nobody ever said anything, or nothing of it is wanted. */
function Nothing() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/feedback' });
  const { data: ever } = useQuery(feedbackCountsQuery(everOf(search)));
  if (ever && STATUSES.every((status) => ever[status] === 0)) return <FeedbackSetup />;
  return (
    <State
      title={texts.none}
      action={
        <div className="feedback-nothing">
          {search.query && (
            <Button onClick={() => void navigate({ search: (before) => ({ ...before, query: undefined }) })}>
              {texts.clear}
            </Button>
          )}
          {search.range !== '90d' && (
            <Button
              onClick={() =>
                void navigate({
                  search: (before) => ({ ...before, range: '90d', start: undefined, end: undefined }),
                })
              }
            >
              {texts.wider}
            </Button>
          )}
        </div>
      }
    >
      {texts.noneWords}
    </State>
  );
}

/** The inbox: what people say about programs, the newest first, and beside it what is open. */
export function FeedbackPage() {
  useTitle(texts.page);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/feedback' });
  const session = useSession();
  const actions = useFeedbackActions();
  const answer = useInfiniteQuery(feedbackListQuery(search));
  const { data: counts } = useQuery(feedbackCountsQuery(search));
  const list = useMemo(() => answer.data?.pages.flatMap((page) => page.results) ?? [], [answer.data]);
  const status = search.status ?? 'unresolved';
  const at = list.findIndex((one) => one.id === search.id);
  const show = (one: Feedback | undefined) =>
    void navigate({
      search: (before) => ({ ...before, id: one?.id }),
      replace: true,
      resetScroll: false,
    });
  const step = (by: 1 | -1) => {
    const next = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + by))];
    if (next) show(next);
  };
  const setStatus = (one: Feedback, next: Status) => {
    // The one below takes the place of what leaves the list.
    if (next !== status && one.id === search.id && at >= 0) show(list[at + 1] ?? list[at - 1]);
    void actions.setStatus(one, next);
  };
  const current = list[at];
  const { group } = texts.keys;
  useHotkeys([
    { keys: 'j', label: texts.keys.next, group, run: () => step(1) },
    { keys: 'k', label: texts.keys.previous, group, run: () => step(-1) },
    ...(can(session, 'event:write') && current
      ? [
          { keys: 'e', label: texts.actions.resolve, group, run: () => setStatus(current, 'resolved') },
          { keys: 'm', label: texts.actions.ignore, group, run: () => setStatus(current, 'ignored') },
        ]
      : []),
  ]);
  const isBadQuery = answer.error instanceof RequestFailed && answer.error.status === 400;
  return (
    <div className="page-full">
      <h1 className="sr-only">{texts.page}</h1>
      <div className="feedback-search">
        <SearchBar
          label={texts.search}
          placeholder={texts.placeholder}
          value={search.query ?? ''}
          onSearch={(query) =>
            void navigate({ search: (before) => ({ ...before, query: query || undefined, id: undefined }) })
          }
          error={isBadQuery ? answer.error?.message : undefined}
          group={group}
        />
        <Button
          aria-pressed={search.mine !== undefined}
          onClick={() =>
            void navigate({
              search: (before) => ({ ...before, mine: before.mine ? undefined : 'yes', id: undefined }),
            })
          }
        >
          {texts.mine}
        </Button>
      </div>
      <nav className="tabs feedback-tabs" aria-label={texts.statusesLabel}>
        {STATUSES.map((one) => (
          <Link
            key={one}
            to="/feedback"
            search={{ ...search, status: one === 'unresolved' ? undefined : one, id: undefined }}
            activeOptions={WHOLE_ADDRESS}
            className="tab"
            aria-current={status === one ? 'page' : undefined}
          >
            {texts.statuses[one]} {counts && <span className="meta">{exactNumber(counts[one])}</span>}
          </Link>
        ))}
      </nav>
      {answer.isPending ? (
        <Skeleton rows={8} height={84} />
      ) : answer.data === undefined ? (
        <Fault error={answer.error} retry={() => void answer.refetch()} />
      ) : list.length === 0 && !search.id ? (
        <div className="feedback-empty">
          <Nothing />
        </div>
      ) : (
        <div className={search.id ? 'feedback-split feedback-open' : 'feedback-split'}>
          <div className="feedback-list">
            <ul aria-label={texts.list}>
              {list.map((one) => (
                <Row key={one.id} one={one} isCurrent={one.id === search.id} />
              ))}
            </ul>
            {list.length === 0 && <p className="meta feedback-none">{texts.none}</p>}
            {answer.hasNextPage && (
              <Button disabled={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
                {texts.more}
              </Button>
            )}
          </div>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard */}
          <article className="feedback-detail" aria-label={texts.page} tabIndex={0}>
            {search.id ? (
              <>
                <Link
                  to="/feedback"
                  search={{ ...search, id: undefined }}
                  activeOptions={WHOLE_ADDRESS}
                  className="feedback-back"
                  resetScroll={false}
                >
                  <ArrowLeft aria-hidden /> {texts.back}
                </Link>
                <FeedbackDetail
                  key={search.id}
                  id={search.id}
                  setStatus={setStatus}
                  assign={(one, person) => void actions.assign(one, person)}
                />
              </>
            ) : (
              <State title={texts.newer} />
            )}
          </article>
        </div>
      )}
    </div>
  );
}
