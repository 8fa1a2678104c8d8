import { Link } from '@tanstack/react-router';
import '../../ui/Tabs.css';
import './performance.css';
import { performanceTexts } from './texts';

const TABS = [
  ['/performance', performanceTexts.tabs.endpoints],
  ['/performance/queries', performanceTexts.tabs.statements],
] as const;

/** The lists of performance, on top of each of them. */
export function PerformanceTabs() {
  return (
    <nav className="tabs performance-tabs" aria-label={performanceTexts.tabs.label}>
      {TABS.map(([to, label]) => (
        <Link
          key={to}
          to={to}
          className="tab"
          preload="intent"
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
