import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { SdkText, cut, visible } from './SdkText';

describe('text of SDKs', () => {
  it('shows what would turn or hide text', () => {
    expect(visible('safe\u202Egpj.exe\u0000\u200B')).toBe('safe‹U+202E›gpj.exe‹U+0000›‹U+200B›');
    expect(visible('two\nlines\tand a tab')).toBe('two\nlines\tand a tab');
  });

  it('is not cut through a character', () => {
    expect(cut('ab\u{1F600}c', 3)).toBe('ab');
  });

  it('never becomes markup', () => {
    const { container } = render(<SdkText>{'<img src=x onerror=alert(1)>'}</SdkText>);
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeInTheDocument();
  });

  it('is cut, and whole on request', async () => {
    render(<SdkText limit={10}>{'x'.repeat(2_000)}</SdkText>);
    expect(screen.getByText(/^x+…$/)).toHaveTextContent(`${'x'.repeat(10)}…`);
    await userEvent.click(screen.getByRole('button', { name: 'Show all 2,000 characters' }));
    expect(screen.getByText('x'.repeat(2_000))).toBeInTheDocument();
  });
});
