import type { Regroup } from '../../api/model';
import { Badge } from '../../ui/Badge';
import { regroupTexts as texts } from './regroupTexts';

const TONES: Partial<Record<Regroup['state'], 'good' | 'error' | 'quiet'>> = {
  applied: 'good',
  failed: 'error',
  undone: 'quiet',
  cancelled: 'quiet',
};

export function RegroupState({ state }: { state: Regroup['state'] }) {
  return <Badge tone={TONES[state] ?? 'info'}>{texts.states[state]}</Badge>;
}
