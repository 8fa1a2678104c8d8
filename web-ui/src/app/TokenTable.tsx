import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, value } from '../api/client';
import type { ApiToken } from '../api/model';
import { tokenTexts as texts } from '../texts/tokens';
import { Button } from '../ui/Button';
import { Confirm } from '../ui/Dialog';
import { Facts } from '../ui/Facts';
import type { Asked } from '../ui/State';
import { When } from '../ui/When';

interface TokenTableProps {
  title: string;
  none: string;
  tokens: Asked & { data: readonly ApiToken[] | undefined };
  /** What tells them apart beside their names. */
  mark: { name: string; of: (token: ApiToken) => ReactNode };
}

/** API tokens, and a way to end each. */
export function TokenTable({ title, none, tokens, mark }: TokenTableProps) {
  const queries = useQueryClient();
  const [ending, setEnding] = useState<ApiToken>();
  return (
    <>
      <Facts
        title={title}
        none={none}
        heads={[
          { name: texts.name },
          { name: mark.name },
          { name: texts.scopes },
          { name: texts.used },
          { name: texts.expires },
          { name: '' },
        ]}
        rows={tokens.data}
        asked={tokens}
        rowKey={(token) => token.id}
        cells={(token) => [
          token.name,
          mark.of(token),
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
