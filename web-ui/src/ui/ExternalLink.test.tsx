import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ExternalLink, isWebAddress } from './ExternalLink';

test.each([
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'data:text/html,x',
  'ftp://example.com/x',
  '//example.com/x',
  '/ui/issues',
  'https://me:secret@example.com/x',
  '',
])('%s is no link', (address) => {
  expect(isWebAddress(address)).toBe(false);
  render(<ExternalLink href={address}>words</ExternalLink>);
  expect(screen.getByText('words')).toBeTruthy();
  expect(screen.queryByRole('link')).toBeNull();
});

test('a page of the web opens in a tab that learns nothing of this one', () => {
  render(<ExternalLink href="https://example.com/a">words</ExternalLink>);
  const link = screen.getByRole('link');
  expect(link.getAttribute('href')).toBe('https://example.com/a');
  expect(link.getAttribute('target')).toBe('_blank');
  expect(link.getAttribute('rel')).toBe('noopener noreferrer');
});
