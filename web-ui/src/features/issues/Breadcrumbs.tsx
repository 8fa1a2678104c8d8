import { useState } from 'react';
import type { Event } from '../../api/model';
import { Button } from '../../ui/Button';
import { LevelMark } from '../../ui/LevelMark';
import { SdkText } from '../../ui/SdkText';
import { clockTime, exactNumber, utcTime } from '../../ui/format';
import { num, object, shown, str, values } from '../../ui/untrusted';
import { Section } from './Section';
import { pageTexts } from './pageTexts';

interface Crumb {
  at: Date | undefined;
  level: string;
  type: string;
  category: string;
  message: string;
  data: string;
}

const FIRST = 10;

function timeOf(value: unknown): Date | undefined {
  const seconds = num(value);
  const at = seconds === undefined ? new Date(str(value) ?? '') : new Date(seconds * 1_000);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function crumbOf(value: unknown): Crumb {
  const crumb = object(value);
  const data = object(crumb['data']);
  const category = str(crumb['category']) ?? str(crumb['type']) ?? '';
  const isHttp = str(crumb['type']) === 'http' || category === 'fetch' || category === 'xhr';
  const http =
    isHttp && [data['method'], data['url'], data['status_code']].flatMap((part) => str(part) ?? []).join(' ');
  const navigation = category === 'navigation' && `${str(data['from']) ?? ''} → ${str(data['to']) ?? ''}`;
  const rest = Object.keys(data).length > 0 && !http && !navigation ? shown(data) : '';
  return {
    at: timeOf(crumb['timestamp']),
    level: str(crumb['level']) ?? 'info',
    type: str(crumb['type']) ?? 'default',
    category,
    message: str(crumb['message']) ?? (http || navigation || ''),
    data: rest,
  };
}

/** The crumbs of an event, the newest first. */
export function crumbsOf(event: Event): Crumb[] {
  return values(event.breadcrumbs).map(crumbOf).toReversed();
}

/** What happened before, the newest first. */
export function Breadcrumbs({ event }: { event: Event }) {
  const [isWhole, setWhole] = useState(false);
  const [type, setType] = useState<string>();
  const all = crumbsOf(event);
  if (all.length === 0) return null;
  const types = [...new Set(all.map((crumb) => crumb.category || crumb.type))];
  const fitting = type === undefined ? all : all.filter((crumb) => (crumb.category || crumb.type) === type);
  const crumbs = isWhole ? fitting : fitting.slice(0, FIRST);
  return (
    <Section
      id="breadcrumbs"
      title={pageTexts.breadcrumbs}
      count={all.length}
      tools={
        types.length > 1 && (
          <select
            className="input crumb-filter"
            aria-label={pageTexts.crumbFilter}
            value={type ?? ''}
            onChange={(e) => setType(e.target.value || undefined)}
          >
            <option value="">{pageTexts.allTypes}</option>
            {types.slice(0, 50).map((one) => (
              <option key={one} value={one}>
                {one.slice(0, 60)}
              </option>
            ))}
          </select>
        )
      }
    >
      <ol className="card crumb-list">
        {crumbs.map((crumb, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- crumbs have no identity but their place
          <li key={index} className="crumb">
            <time
              className="meta mono"
              dateTime={crumb.at?.toISOString()}
              title={crumb.at && utcTime(crumb.at)}
            >
              {crumb.at ? clockTime(crumb.at) : '–'}
            </time>
            <LevelMark level={crumb.level} />
            <span className="crumb-category">
              <SdkText inList>{crumb.category}</SdkText>
            </span>
            <span className="crumb-message">
              <SdkText>{crumb.message}</SdkText>
              {crumb.data && (
                <span className="crumb-data">
                  <SdkText limit={200}>{crumb.data}</SdkText>
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
      {fitting.length > crumbs.length && (
        <Button onClick={() => setWhole(true)}>{pageTexts.allCrumbs(exactNumber(fitting.length))}</Button>
      )}
    </Section>
  );
}
