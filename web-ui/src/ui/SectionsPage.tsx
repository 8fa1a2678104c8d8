import type { ReactNode } from 'react';
import './Facts.css';
import './Sections.css';

interface SectionsPageProps {
  /** With the h1. */
  head: ReactNode;
  /** What the links to the sections are called together. */
  label: string;
  links: ReactNode;
  /** Whether the sections take all the width there is. */
  wide?: boolean;
  children: ReactNode;
}

/** A page of which one section is shown at a time, beside links to all. */
export function SectionsPage({ head, label, links, wide = false, children }: SectionsPageProps) {
  return (
    <div className="page">
      {head}
      <div className={wide ? 'sections sections-wide' : 'sections'}>
        <nav className="sections-nav" aria-label={label}>
          {links}
        </nav>
        <div className="sections-body">{children}</div>
      </div>
    </div>
  );
}
