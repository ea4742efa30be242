import { useMemo } from 'react';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { cellContext } from '../cells/cell-text';
import type { CellContext } from '../cells/cell-text';

export function useCellContext(): CellContext {
  const meta = useMeta();
  const { t, language } = useText();
  return useMemo(
    () => cellContext(meta, language, { yes: t('value.yes'), no: t('value.no') }),
    [meta, language, t],
  );
}
