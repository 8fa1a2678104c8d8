import { Component, type ErrorInfo, type ReactNode } from 'react';
import { captureException } from './index.js';
import type { Context } from './types.js';

/** What a fallback is made of. */
export interface Fallen {
  error: unknown;
  /** Which components the error went through. */
  componentStack: string;
  /** By which the event is found, also by people who ask for help. */
  eventId: string;
  /** Has the children tried again. */
  reset: () => void;
}

export interface ErrorBoundaryProps {
  children?: ReactNode;
  /** What is shown in place of children that failed; nothing, if it is left out. */
  fallback?: ReactNode | ((fallen: Fallen) => ReactNode);
  /** What the event says besides. */
  context?: Context;
  onError?: (fallen: Fallen) => void;
  onReset?: () => void;
}

interface State {
  fallen?: Omit<Fallen, 'reset'> | undefined;
}

/** Sends errors of its children, and shows something else in their place. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = {};

  private readonly reset = (): void => {
    this.setState({ fallen: undefined });
    this.props.onReset?.();
  };

  static getDerivedStateFromError(error: unknown): State {
    // The rest is known a moment later.
    return { fallen: { error, componentStack: '', eventId: '' } };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    const { context, onError } = this.props;
    const componentStack = info.componentStack ?? '';
    const eventId = captureException(error, {
      ...context,
      contexts: { ...context?.contexts, react: { componentStack } },
      mechanism: { type: 'react', handled: true },
    });
    const fallen = { error, componentStack, eventId };
    this.setState({ fallen });
    onError?.({ ...fallen, reset: this.reset });
  }

  override render(): ReactNode {
    const { children, fallback = null } = this.props;
    const { fallen } = this.state;
    if (!fallen) return children;
    return typeof fallback === 'function' ? fallback({ ...fallen, reset: this.reset }) : fallback;
  }
}
