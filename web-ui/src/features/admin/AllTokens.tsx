import { useQuery } from '@tanstack/react-query';
import { TokenTable } from '../../app/TokenTable';
import { allTokensQuery } from './queries';
import { adminTexts } from './texts';

const { tokens: texts } = adminTexts;

/** The API tokens of everybody. */
export function AllTokens() {
  const tokens = useQuery(allTokensQuery);
  return (
    <TokenTable
      title={texts.list}
      none={adminTexts.none}
      tokens={tokens}
      mark={{ name: texts.owner, of: (token) => token.user_email }}
    />
  );
}
