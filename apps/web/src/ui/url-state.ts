import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

export type UrlChange = Readonly<Record<string, string | null | undefined>>;

/** View state in the URL: reload, share and the back button work everywhere. */
export function useUrlState(): readonly [
  URLSearchParams, (change: UrlChange, options?: { replace?: boolean }) => void,
] {
  const [params, setParams] = useSearchParams();
  const change = useCallback((values: UrlChange, options?: { replace?: boolean }) => {
    // The address itself is asked, so that two changes in a row never lose one another.
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value === null || value === undefined || value === '') next.delete(name);
      else next.set(name, value);
    }
    setParams(next, { replace: options?.replace ?? false });
  }, [setParams]);
  return [params, change];
}
