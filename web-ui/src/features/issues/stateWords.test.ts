import { describe, expect, it } from 'vitest';
import { detailWords } from './stateWords';

describe('the words of a state', () => {
  it('say where it is resolved', () => {
    expect(detailWords({})).toBe('');
    expect(detailWords({ in_release: 'app@1.2' })).toBe('in release app@1.2');
    expect(detailWords({ in_next_release: true, current_release: 'app@1.2' })).toBe(
      'in the release after app@1.2',
    );
    expect(detailWords({ in_commit: { commit: '0123456789abcdef' } })).toBe(
      'in commit 0123456789ab, which no release has yet',
    );
  });

  it('say what ends its being ignored', () => {
    expect(detailWords({ ignore_count: 1 })).toBe('until it happens once more');
    expect(detailWords({ ignore_count: 100, ignore_window: 60 })).toBe('until 100 events within 60 minutes');
    expect(detailWords({ ignore_user_count: 10, until_escalating: true })).toBe(
      'until 10 more users, until it escalates',
    );
  });
});
