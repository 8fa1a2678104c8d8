import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Markdown } from './Markdown';

describe('what people write', () => {
  it('may be bold, code, quoted, listed and linked', () => {
    const { container } = render(
      <Markdown>
        {
          'Looks like **total** in `cart.ts`\n\n> seen before\n- one\n- two\n\n```\nx < y\n```\nsee https://example.com/a.'
        }
      </Markdown>,
    );
    expect(container.querySelector('b')).toHaveTextContent('total');
    expect(container.querySelector('p code')).toHaveTextContent('cart.ts');
    expect(container.querySelector('blockquote')).toHaveTextContent('seen before');
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['one', 'two']);
    expect(container.querySelector('pre')).toHaveTextContent('x < y');
    expect(screen.getByRole('link')).toHaveAttribute('href', 'https://example.com/a');
  });

  it('is never markup and links to nothing but http', () => {
    const { container } = render(
      <Markdown>{'<img src=x onerror=alert(1)> [x](javascript:alert(1)) javascript:alert(1)'}</Markdown>,
    );
    expect(container.querySelector('img, a, script')).toBeNull();
  });
});
