import { useQueryClient } from '@tanstack/react-query';
import { useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { restoreRecord } from '@/api/records';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { showToast } from '@/ui/toast';
import { useUrlState } from '@/ui/url-state';
import type { ViewScope } from './definition';
import type { OpenView } from './use-view';
import { changeView, createView, deleteView, viewsQuery } from './views-api';

export type Naming = Readonly<{
  name: string; scope: ViewScope;
  /** Left out by those who may not say it. */
  default_for?: readonly string[];
}>;

/** Saving, naming and removing views. Each answers whether it went well. */
export function useViewActions(object: ObjectMeta, view: OpenView) {
  const { t } = useText();
  const { user } = useMeta();
  const client = useQueryClient();
  const [, set] = useUrlState();
  const attempt = async (action: () => Promise<unknown>): Promise<boolean> => {
    try {
      await action();
      await client.invalidateQueries({ queryKey: viewsQuery(object.api_name).queryKey });
      return true;
    } catch (error) {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
      return false;
    }
  };
  const { saved, kind, definition } = view;
  return {
    save: async () => {
      const done = await attempt(async () => {
        if (saved) await changeView(saved, { kind, definition });
      });
      if (done) view.discard();
    },
    create: (naming: Naming) => attempt(async () => {
      const id = await createView({
        ...naming, object: object.api_name, kind, owner: user.id, definition,
      });
      await client.invalidateQueries({ queryKey: viewsQuery(object.api_name).queryKey });
      set({ view: id, where: null, sort: null, d: null, kind: null });
    }),
    rename: (naming: Naming) => attempt(async () => {
      if (saved) await changeView(saved, naming);
    }),
    remove: async () => {
      if (!saved || !await attempt(() => deleteView(saved))) return;
      view.open(null);
      showToast({
        tone: 'info', text: t('view.deleted', { name: saved.name }),
        action: {
          label: t('action.undo'),
          perform: () => void attempt(() => restoreRecord('view', saved.id)),
        },
      });
    },
  };
}
