import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { FileText, Pin, Table2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useNavigate } from 'react-router';
import { api } from '@/api/client';
import { labelOf, useMeta } from '@/api/meta';
import type { ObjectMeta, SearchAnswer } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { listPath, recordPath } from '@/records/record-path';
import { commands, navigation } from './features';
import { nounIcon, readableNouns } from './nouns';
import { usePins } from './use-pins';
import { useOwnActions } from './user-menu';

export type PaletteItem = Readonly<{
  id: string;
  group: string;
  icon: LucideIcon;
  label: string;
  hint?: string;
  perform: () => void;
}>;

const MOST_FOUND = 30;

/** Pages, actions and tables: what is known without asking the server. */
export function useFixedItems(onPins: () => void): readonly PaletteItem[] {
  const { t, language } = useText();
  const meta = useMeta();
  const navigate = useNavigate();
  const look = useOwnActions();
  const pages = navigation.filter((entry) => entry.visible?.(meta) ?? true);
  const { nouns } = usePins();
  const table = (object: ObjectMeta, group: string, icon: LucideIcon) => ({
    id: `table ${object.api_name}`, group, icon, hint: object.api_name,
    label: labelOf(object.label, language, object.api_name),
    perform: () => void navigate(listPath(object.api_name)),
  });
  return [
    ...nouns.map((object) => table(object, t('nav.pinned'), nounIcon(object.api_name))),
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
    {
      id: 'pins', icon: Pin, label: t('nav.pin'), group: t('palette.actions'), perform: onPins,
    },
    ...readableNouns(meta).filter((object) => !nouns.includes(object))
      .map((object) => table(object, t('palette.tables'), Table2)),
  ];
}

export function matching(items: readonly PaletteItem[], typed: string): readonly PaletteItem[] {
  const words = typed.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return items.filter((item) => {
    const text = `${item.label} ${item.hint ?? ''} ${item.id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Records of every object by name, number, pinyin or initials, the best first. */
export function useFoundRecords(search: string): {
  items: readonly PaletteItem[]; fetching: boolean;
} {
  const { language } = useText();
  const { objects } = useMeta();
  const navigate = useNavigate();
  const found = useQuery({
    queryKey: ['search', search],
    queryFn: ({ signal }) => (
      api.get<SearchAnswer>('/search', { q: search, limit: MOST_FOUND }, { signal })
    ),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });
  const hits = search === '' ? [] : found.data?.hits ?? [];
  const items = hits.map((hit) => {
    const object = objects.find((one) => one.api_name === hit.object);
    return {
      id: `record ${hit.id}`, icon: FileText, label: hit.title || hit.id,
      group: labelOf(object?.label, language, hit.object),
      hint: hit.highlights.map((part) => part.before + part.match + part.after).join(' '),
      perform: () => void navigate(recordPath(hit.object, hit.id)),
    };
  });
  // Hits of one object stand together, in the order of the best of each.
  const groups = [...new Set(items.map((item) => item.group))];
  return {
    items: groups.flatMap((group) => items.filter((item) => item.group === group)),
    fetching: found.isFetching,
  };
}
