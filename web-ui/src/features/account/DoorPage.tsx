import type { ReactNode } from 'react';
import { texts } from '../../texts/en';
import './account.css';

/** The frame of what is shown to who is not logged in: one card in the middle. */
export function DoorPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="door">
      <div className="door-brand">
        <img src="/ui/favicon.svg" alt="" width="28" height="28" />
        <span>{texts.product}</span>
      </div>
      <div className="card door-card">
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
