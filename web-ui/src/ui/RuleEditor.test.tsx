import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { RuleEditor, offsetOf } from './RuleEditor';

const TEXT = 'type:A -> a\nnonsense\ntype:B -> b';

it('finds a place in a text, at most the end of its line', () => {
  expect(offsetOf(TEXT, { line: 1, column: 1 })).toBe(0);
  expect(offsetOf(TEXT, { line: 2, column: 4 })).toBe(15);
  expect(offsetOf(TEXT, { line: 2, column: 99 })).toBe(20);
  expect(offsetOf(TEXT, { line: 9, column: 9 })).toBe(TEXT.length);
});

it('puts the caret where the fault is, and says it with the field', () => {
  const at = (fault: { message: string; place: { line: number; column: number } } | undefined) => (
    <RuleEditor
      label="Rules"
      hint="One a line"
      value={TEXT}
      change={() => {}}
      fault={fault}
      readOnly={false}
    />
  );
  const { rerender } = render(at(undefined));
  const area = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Rules' });
  expect(area).toHaveAccessibleDescription('One a line');
  rerender(at({ message: 'Line 2, column 9: expected a colon', place: { line: 2, column: 9 } }));
  expect(area).toHaveFocus();
  expect(area.selectionStart).toBe(20);
  expect(area).toBeInvalid();
  expect(area).toHaveAccessibleDescription('One a line Line 2, column 9: expected a colon');
});
