import { BellOff, ChevronDown } from 'lucide-react';
import type { AlertSnooze } from '../api/model';
import { snoozeTexts as texts } from '../texts/alerts';
import { Button } from '../ui/Button';
import { Menu, type MenuEntry } from '../ui/Menu';
import { toast } from '../ui/Toasts';
import { type Snoozed, type Who, useSnoozes } from './alerts';

const HOUR = 60;
const DAY = 24 * HOUR;
const TIMES: readonly (readonly [string, number | undefined])[] = [
  [texts.hour, HOUR],
  [texts.day, DAY],
  [texts.week, 7 * DAY],
  [texts.ever, undefined],
];

interface SnoozeMenuProps {
  what: Snoozed;
  /** What is snoozed already, as far as it is exactly this. */
  current: readonly AlertSnooze[];
  /** In words, for who does not see what the button stands beside. */
  name: string;
}

/** Has a rule, an issue, or a rule for an issue be silent for a while: for me or for everyone. */
export function SnoozeMenu({ what, current, name }: SnoozeMenuProps) {
  const { snooze, unsnooze } = useSnoozes();
  const attempt = async (run: () => Promise<void>, words: string) => {
    try {
      await run();
      toast(words);
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    }
  };
  const entry =
    (who: Who) =>
    ([words, minutes]: readonly [string, number | undefined]): MenuEntry => ({
      label: who === 'me' ? texts.forMe(words) : texts.forEveryone(words),
      run: () => void attempt(() => snooze(what, who, minutes), texts.done),
    });
  const ends = current.map(({ who }): MenuEntry => ({
    label: who === 'me' ? texts.endMine : texts.endForAll,
    run: () => void attempt(() => unsnooze(what, who), texts.ended),
  }));
  const shown = current.length > 0 ? texts.snoozed : texts.button;
  return (
    <Menu
      align="end"
      trigger={
        <Button icon={<BellOff aria-hidden />} aria-label={`${shown}: ${name}`}>
          {shown}
          <ChevronDown aria-hidden />
        </Button>
      }
      entries={[
        ...ends,
        ...(ends.length > 0 ? (['line'] as const) : []),
        ...TIMES.map(entry('everyone')),
        'line',
        ...TIMES.map(entry('me')),
      ]}
    />
  );
}
