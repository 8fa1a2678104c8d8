import type { ReactNode } from 'react';

interface SectionProps {
  /** The anchor, for the index of the page. */
  id: string;
  title: string;
  count?: number;
  tools?: ReactNode;
  children: ReactNode;
}

/** A part of the page of an issue, with its anchor. */
export function Section({ id, title, count, tools, children }: SectionProps) {
  return (
    <section id={id} className="section" aria-labelledby={`${id}-title`}>
      <div className="section-head">
        <h2 id={`${id}-title`}>
          {title}
          {count !== undefined && <span className="meta"> {count}</span>}
        </h2>
        {tools && <div className="section-tools">{tools}</div>}
      </div>
      {children}
    </section>
  );
}
