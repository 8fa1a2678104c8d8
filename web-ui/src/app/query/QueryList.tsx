import { shortNumber, exactNumber } from '../../ui/format';
import { SdkText } from '../../ui/SdkText';
import type { Suggestion, SuggestionGroup } from './suggestions';
import { queryTexts as texts } from './texts';

interface QueryListProps {
  id: string;
  groups: readonly SuggestionGroup[];
  active: number;
  onChoose: (suggestion: Suggestion) => void;
}

/** What can be typed next. The field keeps the focus and says which line is marked. */
export function QueryList({ id, groups, active, onChoose }: QueryListProps) {
  const starts = groups.map((_, index) =>
    groups.slice(0, index).reduce((sum, group) => sum + group.suggestions.length, 0),
  );
  return (
    <div className="query-list" role="listbox" id={id} aria-label={texts.suggestions}>
      {groups.map((group, groupIndex) => (
        <div key={group.name} role="group" aria-label={group.name}>
          <div className="query-group meta" aria-hidden>
            {group.name}
          </div>
          {group.suggestions.map((one, index) => {
            const at = starts[groupIndex]! + index;
            return (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- keys are the field's
              <div
                key={one.query + one.label}
                id={`${id}-${at}`}
                role="option"
                className="query-option"
                aria-selected={at === active}
                // The field would lose the focus.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onChoose(one)}
              >
                <span className="query-option-label">
                  <SdkText inList limit={100}>
                    {one.label}
                  </SdkText>
                </span>
                {one.hint && (
                  <span className="query-option-hint meta">
                    <SdkText inList limit={100}>
                      {one.hint}
                    </SdkText>
                  </span>
                )}
                {one.count !== undefined && (
                  <span className="query-option-count meta" title={texts.count(exactNumber(one.count))}>
                    {shortNumber(one.count)}
                  </span>
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
