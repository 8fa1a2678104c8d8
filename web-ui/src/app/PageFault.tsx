import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Fault } from '../ui/State';

/** In place of a page that could not be opened; another try asks for everything anew that the page opens with. */
export function PageFault({ error }: { error: unknown }) {
  const router = useRouter();
  const { reset } = useQueryErrorResetBoundary();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <Fault whole error={error} retry={retry} />;
}
