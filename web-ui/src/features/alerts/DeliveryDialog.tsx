import { useQuery } from '@tanstack/react-query';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { When } from '../../ui/When';
import { isGivenUp, useResend } from './deliveryActions';
import { deliveryQuery } from './deliveryQueries';
import { deliveryTexts as texts } from './deliveryTexts';

/** A delivery with what was sent and what came back. */
export function DeliveryDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const asked = useQuery(deliveryQuery(id));
  const delivery = asked.data;
  const { mayResend, resend, resendAll } = useResend();
  return (
    <Dialog open onClose={onClose} title={texts.title(id)} width="wide">
      {delivery === undefined ? (
        <Missing asked={asked} rows={4} />
      ) : (
        <>
          <dl className="facts">
            <dt>{texts.subject}</dt>
            <dd>
              <SdkText limit={500}>{delivery.subject}</SdkText>
            </dd>
            <dt>{texts.target}</dt>
            <dd>
              {texts.channels[delivery.channel]} <SdkText limit={500}>{delivery.target}</SdkText>
            </dd>
            <dt>{texts.state}</dt>
            <dd>{texts.states[delivery.state]}</dd>
            {delivery.next_attempt_at && (
              <>
                <dt>{texts.next}</dt>
                <dd>
                  <When at={delivery.next_attempt_at} />
                </dd>
              </>
            )}
            {delivery.error && (
              <>
                <dt>{texts.error}</dt>
                <dd>
                  <SdkText limit={2000}>{delivery.error}</SdkText>
                </dd>
              </>
            )}
          </dl>
          <h3>{texts.answer}</h3>
          <pre className="delivery-text">
            <SdkText limit={2000}>
              {[delivery.status, delivery.answer].filter(Boolean).join(' ') || texts.noAnswer}
            </SdkText>
          </pre>
          <h3>{texts.request}</h3>
          <pre className="delivery-text">
            <SdkText limit={10_000}>{delivery.request || texts.noRequest}</SdkText>
          </pre>
          {mayResend && isGivenUp(delivery) && (
            <div className="row-actions">
              <Button look="primary" onClick={() => resend(delivery)}>
                {texts.retry}
              </Button>
              <Button onClick={() => resendAll(delivery)}>{texts.retryAll}</Button>
            </div>
          )}
        </>
      )}
    </Dialog>
  );
}
