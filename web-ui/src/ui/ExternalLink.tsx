import { ExternalLink as Icon } from 'lucide-react';
import type { ReactNode } from 'react';
import './ExternalLink.css';

/** Whether following an address does nothing but show a page of the web. */
export function isWebAddress(address: string): boolean {
  try {
    const { protocol, username, password } = new URL(address);
    return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
  } catch {
    return false;
  }
}

interface ExternalLinkProps {
  href: string;
  /** What is read out, where the words alone do not tell. */
  label?: string;
  className?: string;
  onClick?: () => void;
  children: ReactNode;
}

/** Leads to a page of others, in a tab of its own that learns nothing of this one. An address of another kind is no link. */
export function ExternalLink({ href, label, className, onClick, children }: ExternalLinkProps) {
  if (!isWebAddress(href)) return <span>{children}</span>;
  return (
    <a
      className={className ?? 'external-link'}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
      <Icon aria-hidden />
    </a>
  );
}
