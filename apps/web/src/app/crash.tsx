import { useRouteError } from 'react-router';
import { Failed } from '@/ui/states';

/** A page that could not be shown: says what happened and offers to try again. */
export function Crash() {
  const error = useRouteError();
  return (
    <main>
      <Failed
        error={error}
        retry={() => {
          window.location.reload();
        }}
      />
    </main>
  );
}
