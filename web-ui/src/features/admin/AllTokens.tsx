import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { ApiToken } from '../../api/model';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { When } from '../../ui/When';
import { allTokensQuery } from './queries';
import { adminTexts } from './texts';

const { tokens: texts } = adminTexts;

/** The API tokens of everybody. */
export function AllTokens() {
  const queries = useQueryClient();
  const { data: tokens = [] } = useQuery(allTokensQuery);
  const [ending, setEnding] = useState<ApiToken>();
  return (
    <>
      <Facts
        title={texts.list}
        none={adminTexts.none}
        heads={[
          { name: texts.name },
          { name: texts.owner },
          { name: texts.scopes },
          { name: texts.used },
          { name: texts.expires },
          { name: '' },
        ]}
        rows={tokens}
        rowKey={(token) => token.id}
        cells={(token) => [
          token.name,
          token.user_email,
          <span key="scopes" className="meta">
            {token.scopes.join(', ')}
          </span>,
          <When key="used" at={token.last_used_at} />,
          token.expires_at ? <When key="expires" at={token.expires_at} /> : texts.never,
          <Button key="end" onClick={() => setEnding(token)}>
            {texts.end}
          </Button>,
        ]}
      />
      <Confirm
        open={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={texts.endTitle(ending?.name ?? '')}
        action={texts.end}
        run={async () => {
          if (ending) await value(api.DELETE('/api/v1/tokens/{id}', { params: { path: { id: ending.id } } }));
          await queries.invalidateQueries({ queryKey: ['tokens'] });
        }}
      >
        <p>{texts.endWords}</p>
      </Confirm>
    </>
  );
}
