import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { FileText, Table2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useNavigate } from 'react-router';
import { labelOf, useMeta } from '@/api/meta';
import { recordQuery } from '@/api/records';
import { asText } from '@/fields/widget';
import { useText } from '@/i18n/use-text';
import { listPath, recordPath } from '@/records/record-path';
import { commands, navigation } from './features';
import { useLookActions } from './user-menu';

export type PaletteItem = Readonly<{
  id: string;
  group: string;
  icon: LucideIcon;
  label: string;
  hint?: string;
  perform: () => void;
}>;

const SEARCHED = ['account', 'contact', 'product', 'order'];
const FOUND_EACH = 5;

/** Pages, actions and tables: what is known without asking the server. */
export function useFixedItems(): readonly PaletteItem[] {
  const { t, language } = useText();
  const meta = useMeta();
  const navigate = useNavigate();
  const look = useLookActions();
  const pages = navigation.filter((entry) => entry.visible?.(meta) ?? true);
  return [
    ...pages.map((entry) => ({
      id: `page ${entry.path}`, group: t('palette.pages'), icon: entry.icon,
      label: t(entry.label), perform: () => void navigate(entry.path),
    })),
    ...commands.filter((command) => command.visible?.(meta) ?? true).map((command) => ({
      id: command.id, group: t('palette.actions'), icon: command.icon, label: t(command.label),
      perform: () => {
        command.perform(navigate);
      },
    })),
    ...look.map((action) => ({ ...action, group: t('palette.actions') })),
    ...meta.objects.filter((object) => object.rights.read).map((object) => ({
      id: `table ${object.api_name}`, group: t('palette.tables'), icon: Table2,
      label: labelOf(object.label, language, object.api_name), hint: object.api_name,
      perform: () => void navigate(listPath(object.api_name)),
    })),
  ];
}

export function matching(items: readonly PaletteItem[], typed: string): readonly PaletteItem[] {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return items.filter((item) => {
    const text = `${item.label} ${item.hint ?? ''} ${item.id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Records by name, number, pinyin or initials, as the server's search finds them. */
export function useFoundRecords(search: string): {
  items: readonly PaletteItem[]; fetching: boolean;
} {
  const { language } = useText();
  const meta = useMeta();
  const navigate = useNavigate();
  const objects = meta.objects.filter(
    (object) => SEARCHED.includes(object.api_name) && object.rights.read,
  );
  const answers = useQueries({
    queries: objects.map((object) => ({
      ...recordQuery(object.api_name, {
        select: [object.primary_field], search, page: { limit: FOUND_EACH },
      }),
      enabled: search !== '',
      placeholderData: keepPreviousData,
    })),
  });
  const items = search === '' ? [] : objects.flatMap((object, index) => {
    const group = labelOf(object.label, language, object.api_name);
    return (answers[index]?.data?.records ?? []).map((record) => ({
      id: `record ${record.id}`, group, icon: FileText,
      label: asText(record.fields[object.primary_field]) || record.id,
      perform: () => void navigate(recordPath(object.api_name, record.id)),
    }));
  });
  return { items, fetching: answers.some((answer) => answer.isFetching) };
}
