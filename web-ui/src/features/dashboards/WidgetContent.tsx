import type { DashboardWidget } from '../../api/model';
import type { Scope } from '../../app/search';
import { ChartContent } from './ChartContent';
import { GroupsContent, NumberContent, TableContent } from './RowsContent';
import { IssuesContent } from './IssuesContent';

export interface ContentProps {
  widget: DashboardWidget;
  scope: Scope;
  filter: string;
  /** In pixels, for charts. */
  height: number;
}

/** What a widget shows, of whatever kind it is. */
export function WidgetContent(props: ContentProps) {
  switch (props.widget.kind) {
    case 'line':
    case 'area':
    case 'bar':
      return <ChartContent {...props} />;
    case 'number':
      return <NumberContent {...props} />;
    case 'table':
      return <TableContent {...props} />;
    case 'top':
      return <GroupsContent {...props} />;
    case 'issues':
      return <IssuesContent {...props} />;
  }
}
