import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { QrCode } from './QrCode';

test('a code has the three corners by which a camera finds it, and light around them', () => {
  render(<QrCode text="otpauth://totp/Resentry:ada?secret=GEZDGNBVGY3TQOJQ" label="For the app" />);
  const image = screen.getByRole('img', { name: 'For the app' });
  const size = Number(image.getAttribute('viewBox')?.split(' ')[2]);
  const dark = new Set(
    image
      .querySelector('path')
      ?.getAttribute('d')
      ?.match(/M\d+ \d+/g),
  );

  const corner = (x: number, y: number) =>
    Array.from({ length: 7 }, (_, i) => [`M${x + i} ${y}`, `M${x} ${y + i}`, `M${x + 6} ${y + i}`]).flat();
  for (const module of [...corner(4, 4), ...corner(size - 11, 4), ...corner(4, size - 11)]) {
    expect(dark.has(module)).toBe(true);
  }
  expect([...dark].some((module) => /M[0-3] |M\d+ [0-3]$/.test(module))).toBe(false);
});
