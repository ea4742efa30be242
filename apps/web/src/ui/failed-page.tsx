import type { ReactNode } from 'react';
import { Page } from './page';
import { Failed } from './states';

type Props = Readonly<{ title: string; above?: ReactNode; error: unknown; retry: () => void }>;

/** A page whose one question has failed: where one is, what happened, try again. */
export function FailedPage({ title, above, error, retry }: Props) {
  return (
    <Page title={title} above={above}>
      <Failed error={error} retry={retry} />
    </Page>
  );
}
