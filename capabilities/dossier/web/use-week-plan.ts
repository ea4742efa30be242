import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { createRecord, deleteRecord, patchRecord } from '@/api/records';
import { sessionQuery } from '@/api/session';
import { useText } from '@/i18n/use-text';
import { formatDateTime, fromZoned } from '@/lib/dates';
import { showToast } from '@/ui/toast';
import type { Row } from './dossier-api';
import { dossierKey, fieldText } from './dossier-api';
import type { PlanDay } from './week-days';
import { shutdownOf } from './week-days';

/** What is in the hand: an account that waits for a visit, or a visit that is planned. */
export type Held = Readonly<{ account: string } | { visit: Row }>;

const VISIT_BEGINS = '09:30';

/** The same time on another day; the first of a new visit. */
export function visitTime(visit: Row | null, day: string, zone: string): string {
  const local = visit ? formatDateTime(fieldText(visit, 'planned_at'), zone).slice(11) : '';
  return fromZoned(`${day}T${local === '' ? VISIT_BEGINS : local}:00`, zone);
}

/** Puts what is held on a day, with a way back, and warns where the customer stands still. */
export function useWeekPlan(days: readonly PlanDay[]): (held: Held, day: string) => void {
  const { t } = useText();
  const client = useQueryClient();
  const { workspace } = useMeta();
  const { user } = useSuspenseQuery(sessionQuery).data;
  const refresh = () => client.invalidateQueries({ queryKey: dossierKey });
  const onError = (error: unknown) => {
    showToast({ tone: 'error', text: problemText(asProblem(error), t) });
  };
  const undo = useMutation({
    mutationFn: (back: () => Promise<unknown>) => back(), onSuccess: refresh, onError,
  });
  const plan = useMutation({
    mutationFn: async ({ held, day }: Readonly<{ held: Held; day: string }>) => {
      if ('account' in held) {
        const made = await createRecord('visit', {
          account: held.account, our_people: [user.id],
          planned_at: visitTime(null, day, workspace.time_zone),
        });
        return () => deleteRecord('visit', made.id);
      }
      const { visit } = held;
      const before = fieldText(visit, 'planned_at');
      const after = visitTime(visit, day, workspace.time_zone);
      await patchRecord('visit', visit.id, {
        fields: { planned_at: after }, base: { planned_at: before },
      });
      return () => patchRecord('visit', visit.id, {
        fields: { planned_at: before }, base: { planned_at: after },
      });
    },
    onSuccess: async (back, { held, day }) => {
      const account = 'account' in held ? held.account : fieldText(held.visit, 'account');
      const stands = shutdownOf(days.find((one) => one.day === day), account);
      showToast({
        tone: stands ? 'info' : 'success',
        text: stands
          ? t('dossier.planned_in_shutdown', { day, reason: fieldText(stands, 'reason') })
          : t('dossier.planned_on', { day }),
        action: {
          label: t('action.undo'),
          perform: () => {
            undo.mutate(back);
          },
        },
      });
      await refresh();
    },
    onError,
  });
  return (held, day) => {
    plan.mutate({ held, day });
  };
}
