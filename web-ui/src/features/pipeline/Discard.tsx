import { useState } from 'react';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { pipelineTexts } from './texts';

const { dead } = pipelineTexts;
const MAX_REASON = 1_000;

interface DiscardProps {
  /** "12 items". */
  what: string;
  onClose: () => void;
  run: (because: string) => Promise<unknown>;
}

/** Asks why something is given up; the ledger keeps the answer. */
export function Discard({ what, onClose, run }: DiscardProps) {
  const [because, setBecause] = useState('');
  const form = useForm(['because'], async () => {
    await run(because.trim());
    onClose();
  });
  return (
    <Dialog open onClose={onClose} title={dead.discardTitle(what)} width="narrow">
      <form className="discard" onSubmit={form.submit}>
        <p>{dead.discardWords}</p>
        <TextField
          label={dead.because}
          required
          maxLength={MAX_REASON}
          value={because}
          error={form.errors['because']}
          onChange={(e) => setBecause(e.target.value)}
        />
        <FormFault>{form.fault}</FormFault>
        <div className="dialog-actions">
          <Button look="danger" type="submit" busy={form.busy} disabled={because.trim() === ''}>
            {`${dead.discard} ${what}`}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
