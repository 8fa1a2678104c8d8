import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Issue } from '../../api/model';
import { can, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { CodeLines } from '../../ui/CodeLines';
import { Drawer } from '../../ui/Dialog';
import { SdkText, cut, visible } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { When } from '../../ui/When';
import { languageOf } from '../../ui/languages';
import { crumbsOf } from './Breadcrumbs';
import './Peek.css';
import { IgnoreMenu } from './StateMenus';
import { useIssueActions } from './actions';
import { exceptionsOf, placeOf } from './frames';
import { eventQuery } from './pageQueries';
import { pageTexts } from './pageTexts';
import { issueTexts } from './texts';

const CRUMBS = 5;

function Latest({ issue }: { issue: Issue }) {
  const asked = useQuery(eventQuery(issue.id, 'latest'));
  const event = asked.data;
  if (!event) return <Missing asked={asked} rows={4} />;
  const frames = exceptionsOf(event)[0]?.frames ?? [];
  const top = frames.find((frame) => frame.inApp) ?? frames[0];
  const crumbs = crumbsOf(event).slice(0, CRUMBS);
  return (
    <>
      {issue.value && (
        <p>
          <SdkText>{issue.value}</SdkText>
        </p>
      )}
      {!event.payload_kept && <p className="meta">{pageTexts.capped.words}</p>}
      {top && (
        <div className="card peek-code">
          <p className="mono peek-place">
            <SdkText inList>{placeOf(top)}</SdkText>
          </p>
          {top.code && (
            <CodeLines
              lines={top.code.lines}
              from={top.code.from}
              {...(top.line === undefined ? {} : { hit: top.line })}
              language={languageOf(top.file, event.platform)}
              label={placeOf(top)}
            />
          )}
        </div>
      )}
      {crumbs.length > 0 && (
        <section>
          <h3>{pageTexts.breadcrumbs}</h3>
          <ol className="peek-crumbs">
            {crumbs.map((crumb, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- crumbs have no identity but their place
              <li key={index}>
                <span className="meta">
                  <SdkText inList limit={40}>
                    {crumb.category}
                  </SdkText>
                </span>{' '}
                <SdkText inList>{crumb.message}</SdkText>
              </li>
            ))}
          </ol>
        </section>
      )}
      <p className="meta">
        {pageTexts.latest}: <When at={event.timestamp} form="local" />
      </p>
    </>
  );
}

/** A look at an issue beside the list: where it fails, what led to it, and what to do. */
export default function Peek({ issue, onClose }: { issue: Issue; onClose: () => void }) {
  const session = useSession();
  const actions = useIssueActions();
  const set = (status: Issue['status']) => {
    onClose();
    void actions.change([issue], { status });
  };
  return (
    <Drawer open onClose={onClose} title={visible(cut(issue.title, 120))}>
      <div className="peek">
        <div className="peek-actions">
          <Link to="/issues/$id" params={{ id: issue.id }} className="button button-primary">
            {issueTexts.keys.open}
          </Link>
          {can(session, 'event:write') && (
            <>
              <Button onClick={() => set(issue.status === 'unresolved' ? 'resolved' : 'unresolved')}>
                {issue.status === 'unresolved' ? issueTexts.resolve : issueTexts.unresolve}
              </Button>
              {issue.status !== 'ignored' && (
                <IgnoreMenu
                  change={(wanted) => {
                    onClose();
                    void actions.change([issue], wanted);
                  }}
                />
              )}
            </>
          )}
        </div>
        <Latest issue={issue} />
      </div>
    </Drawer>
  );
}
