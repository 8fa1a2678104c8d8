import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { SdkText } from '../../ui/SdkText';
import { toast } from '../../ui/Toasts';
import { When } from '../../ui/When';
import { sessionsQuery } from './accountQueries';
import { settingsTexts } from './accountTexts';

const { sessions: texts } = settingsTexts;

/** Where one is logged in. */
export function Sessions() {
  const queries = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const [isAsking, setAsking] = useState(false);
  const end = async (id: number) => {
    try {
      await value(api.DELETE('/api/v1/account/sessions/{id}', { params: { path: { id } } }));
      toast(texts.ended);
      await queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    }
  };
  return (
    <>
      <p className="meta">{texts.words}</p>
      <Facts
        title={texts.list}
        none={texts.none}
        heads={[
          { name: texts.where },
          { name: texts.address },
          { name: texts.since },
          { name: texts.seen },
          { name: '' },
        ]}
        rows={sessions.data}
        asked={sessions}
        rowKey={(session) => session.id}
        cells={(session) => [
          <SdkText key="where" inList>
            {session.user_agent ?? '–'}
          </SdkText>,
          session.ip_address ?? '–',
          <When key="since" at={session.created_at} />,
          <When key="seen" at={session.last_seen_at} />,
          session.current ? (
            <Badge key="current" tone="good">
              {texts.current}
            </Badge>
          ) : (
            <Button key="end" onClick={() => void end(session.id)}>
              {texts.end}
            </Button>
          ),
        ]}
      />
      <div>
        <Button look="danger" onClick={() => setAsking(true)}>
          {texts.everywhere}
        </Button>
      </div>
      <Confirm
        open={isAsking}
        onClose={() => setAsking(false)}
        title={texts.everywhereTitle}
        action={texts.everywhere}
        run={async () => {
          await value(api.DELETE('/api/v1/account/sessions'));
          window.location.assign('/ui/login');
        }}
      >
        <p>{texts.everywhereWords}</p>
      </Confirm>
    </>
  );
}
