import { BellOff, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { present } from '../../app/search';
import { Button, IconButton } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { Menu } from '../../ui/Menu';
import type { Change } from './actions';
import { stateTexts } from './stateTexts';
import { issueTexts } from './texts';

interface MenuProps {
  change: (change: Change) => void;
}

const DAY = 24 * 60;

function ReleaseDialog({ close, change }: MenuProps & { close: () => void }) {
  const [version, setVersion] = useState('');
  const form = useForm([], async () => {
    close();
    change({ status: 'resolved', details: { in_release: version.trim() } });
    return Promise.resolve();
  });
  return (
    <Dialog open onClose={close} title={stateTexts.inReleaseTitle} width="narrow">
      <form className="sections-form" onSubmit={form.submit}>
        <TextField
          label={stateTexts.inReleaseLabel}
          hint={stateTexts.inReleaseHint}
          className="input mono"
          required
          maxLength={200}
          value={version}
          onChange={(e) => setVersion(e.target.value)}
        />
        <FormFault>{form.fault}</FormFault>
        <Button look="primary" type="submit">
          {issueTexts.resolve}
        </Button>
      </form>
    </Dialog>
  );
}

function CommitDialog({ close, change }: MenuProps & { close: () => void }) {
  const [commit, setCommit] = useState('');
  const [repository, setRepository] = useState('');
  const form = useForm([], async () => {
    close();
    change({
      status: 'resolved',
      details: {
        in_commit: {
          commit: commit.trim(),
          ...present({ repository: repository.trim() || undefined }),
        },
      },
    });
    return Promise.resolve();
  });
  return (
    <Dialog open onClose={close} title={stateTexts.inCommitTitle} width="narrow">
      <form className="sections-form" onSubmit={form.submit}>
        <TextField
          label={stateTexts.inCommitLabel}
          hint={stateTexts.inCommitHint}
          className="input mono"
          required
          maxLength={64}
          value={commit}
          onChange={(e) => setCommit(e.target.value)}
        />
        <TextField
          label={stateTexts.repositoryLabel}
          hint={stateTexts.repositoryHint}
          maxLength={250}
          value={repository}
          onChange={(e) => setRepository(e.target.value)}
        />
        <FormFault>{form.fault}</FormFault>
        <Button look="primary" type="submit">
          {issueTexts.resolve}
        </Button>
      </form>
    </Dialog>
  );
}

/** Where an issue is resolved, if not everywhere. */
export function ResolveMenu({ change }: MenuProps) {
  const [asking, setAsking] = useState<'release' | 'commit'>();
  const close = () => setAsking(undefined);
  return (
    <>
      <Menu
        trigger={
          <IconButton label={stateTexts.where}>
            <ChevronDown aria-hidden />
          </IconButton>
        }
        entries={[
          {
            label: stateTexts.inNext,
            hint: stateTexts.inNextHint,
            run: () => change({ status: 'resolved', details: { in_next_release: true } }),
          },
          {
            label: stateTexts.inLatest,
            hint: stateTexts.inLatestHint,
            run: () => change({ status: 'resolved', details: { in_release: 'latest' } }),
          },
          { label: stateTexts.inRelease, run: () => setAsking('release') },
          { label: stateTexts.inCommit, run: () => setAsking('commit') },
        ]}
      />
      {asking === 'release' && <ReleaseDialog close={close} change={change} />}
      {asking === 'commit' && <CommitDialog close={close} change={change} />}
    </>
  );
}

/** Until when an issue is ignored. */
export function IgnoreMenu({ change }: MenuProps) {
  const ignore = (details: NonNullable<Change['details']>) => () => change({ status: 'ignored', details });
  return (
    <Menu
      trigger={<Button icon={<BellOff aria-hidden />}>{issueTexts.ignore}</Button>}
      entries={[
        { label: stateTexts.ignoreFor, run: ignore({ ignore_duration: DAY }) },
        { label: stateTexts.ignoreForWeek, run: ignore({ ignore_duration: 7 * DAY }) },
        { label: stateTexts.ignoreOnce, run: ignore({ ignore_count: 1 }) },
        { label: stateTexts.ignoreHundred, run: ignore({ ignore_count: 100 }) },
        { label: stateTexts.ignoreUsers, run: ignore({ ignore_user_count: 10 }) },
        {
          label: stateTexts.ignoreEscalating,
          hint: stateTexts.ignoreEscalatingHint,
          run: ignore({ until_escalating: true }),
        },
        { label: stateTexts.ignoreForEver, keys: 'm', run: () => change({ status: 'ignored' }) },
      ]}
    />
  );
}
