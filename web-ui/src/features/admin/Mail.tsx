import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Missing } from '../../ui/State';
import { attempt } from './attempt';
import { mailQuery, mailTestQuery } from './queries';
import { adminTexts } from './texts';

const { mail: texts } = adminTexts;

/** What came of a test: waits for the mail server's own words. */
function Outcome({ delivery }: { delivery: number }) {
  const { data: test } = useQuery(mailTestQuery(delivery));
  if (test === undefined || test.state === 'waiting')
    return (
      <span role="status" className="meta">
        {test?.error ? texts.again(test.error) : texts.sending}
      </span>
    );
  return (
    <span role="status">
      <Badge tone={test.state === 'delivered' ? 'good' : 'error'}>{texts.states[test.state]}</Badge>{' '}
      {test.error ?? [test.status, test.answer].filter(Boolean).join(' ')}
    </span>
  );
}

/** Whether mail is sent, how, and a button to try it. */
export function Mail() {
  const asked = useQuery(mailQuery);
  const [test, setTest] = useState<number>();
  const mail = asked.data;
  return (
    <section className="card facts" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      {mail === undefined ? (
        <Missing asked={asked} rows={2} />
      ) : (
        <>
          <p>
            {mail.set_up
              ? texts.by(`${mail.host}:${mail.port}`, mail.from ?? '', mail.encryption ?? '')
              : texts.unset}
          </p>
          <div className="row-actions">
            <Button
              onClick={() =>
                void attempt(async () => setTest((await value(api.POST('/api/v1/mail'))).delivery))
              }
            >
              {texts.test}
            </Button>
            {test !== undefined && <Outcome delivery={test} />}
          </div>
        </>
      )}
    </section>
  );
}
