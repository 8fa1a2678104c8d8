import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { Button } from '../../ui/Button';
import { SdkText } from '../../ui/SdkText';
import { issueTexts } from './texts';

const route = getRouteApi('/shell/issues');
const FILTERS = ['first_release', 'regressed_in', 'release'] as const;

/** The releases that the list is of, each with a way to leave it out. */
export function ReleaseFilters() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/issues' });
  return FILTERS.map((name) => {
    const version = search[name];
    return (
      version !== undefined && (
        <Button
          key={name}
          look="quiet"
          icon={<X aria-hidden />}
          title={issueTexts.anyRelease}
          onClick={() => void navigate({ search: (before) => ({ ...before, [name]: undefined }) })}
        >
          {issueTexts.ofRelease[name]}{' '}
          <SdkText inList limit={60}>
            {version}
          </SdkText>
        </Button>
      )
    );
  });
}
