import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { logOut, sessionQuery } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { DoorPage } from './DoorPage';
import { RecoveryCodes, SetUp } from './SecondFactor';
import { insideOnly } from './next';
import { accountTexts } from './texts';

const route = getRouteApi('/second-factor');

/** For who has no second factor where one is required: nothing else is done before. */
export function SecondFactorPage() {
  useTitle(accountTexts.secondFactor);
  const { next } = route.useSearch();
  const router = useRouter();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [codes, setCodes] = useState<readonly string[]>();
  const goOn = async () => {
    await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    router.history.push(insideOnly(next));
  };
  const leave = async () => {
    await logOut();
    await navigate({ to: '/login', search: {} });
    queries.clear();
  };
  return (
    <DoorPage title={accountTexts.secondFactor}>
      <p>{accountTexts.secondFactorWords}</p>
      {codes ? (
        <>
          <RecoveryCodes codes={codes} />
          <Button look="primary" onClick={() => void goOn()}>
            {accountTexts.secondFactorDone}
          </Button>
        </>
      ) : (
        <>
          <SetUp done={setCodes} />
          <Button onClick={() => void leave()}>{accountTexts.logOut}</Button>
        </>
      )}
    </DoorPage>
  );
}
