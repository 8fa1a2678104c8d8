import type { ComponentProps, ReactNode } from 'react';
import './Button.css';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  look?: Look;
  /** An icon before the words. */
  icon?: ReactNode;
  /** Shows that what was asked for is under way, and takes no second click. */
  busy?: boolean;
  className?: string;
}

/** A button that says in words what it does. */
export function Button({
  look = 'plain',
  icon,
  busy = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${look}${className ? ` ${className}` : ''}`}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
    >
      {icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'aria-label'> {
  /** What it does, which is read out and shown on hover. */
  label: string;
  /** The key that does the same, shown with the label. */
  keys?: string;
  className?: string;
}

/** A button of which only the icon is seen. */
export function IconButton({ label, keys, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`icon-button${className ? ` ${className}` : ''}`}
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
    >
      {children}
    </button>
  );
}
