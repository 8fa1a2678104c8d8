import { Link } from '@tanstack/react-router';
import '../../ui/Tabs.css';
import { pipelineTexts } from './texts';

const TABS = [
  ['/pipeline', pipelineTexts.tabs.overview],
  ['/ledger', pipelineTexts.tabs.ledger],
  ['/dead', pipelineTexts.tabs.dead],
  ['/replays', pipelineTexts.tabs.replays],
] as const;

/** The pages of the pipeline, on top of each of them. */
export function PipelineTabs() {
  return (
    <nav className="tabs pipeline-tabs" aria-label={pipelineTexts.tabs.label}>
      {TABS.map(([to, label]) => (
        <Link key={to} to={to} className="tab" preload="intent">
          {label}
        </Link>
      ))}
    </nav>
  );
}
