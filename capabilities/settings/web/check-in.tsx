import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import { checkInQuery } from '@/api/check-in';
import { fieldOf, labelOf, useObjectMeta } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import { createRecord, patchRecord, recordQuery } from '@/api/records';
import type { RecordRow } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { Panel } from '@/ui/page';
import { showToast } from '@/ui/toast';
import styles from './settings.module.css';

const POLICY = 'check_in_policy';
const MOST_ROLES = 200;
const policyQuery = recordQuery(POLICY, {
  select: ['roles', 'own_roles'], sort: [{ field: 'id', dir: 'asc' }], page: { limit: 1 },
});
const ownRolesQuery = recordQuery('role', {
  select: ['name'], sort: [{ field: 'name', dir: 'asc' }], page: { limit: MOST_ROLES },
});

type Chosen = Readonly<{ roles: readonly string[]; own_roles: readonly string[] }>;

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function chosenIn(policy: RecordRow | undefined): Chosen {
  return { roles: listOf(policy?.fields.roles), own_roles: listOf(policy?.fields.own_roles) };
}

function useSave(policy: RecordRow | undefined) {
  const { t } = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (chosen: Chosen) => (policy
      ? patchRecord(POLICY, policy.id, { fields: chosen, base: chosenIn(policy) })
      : createRecord(POLICY, { name: t('settings.check_in.title'), ...chosen })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: policyQuery.queryKey });
      await client.invalidateQueries({ queryKey: checkInQuery.queryKey });
      showToast({ tone: 'success', text: t('settings.saved') });
    },
    onError: (error) => {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    },
  });
}

/** Which roles are asked to check in at their visits; as it comes: none. */
export function CheckInRoles() {
  const { t, language } = useText();
  const object = useObjectMeta(POLICY);
  const found = useQuery({ ...policyQuery, enabled: object !== undefined });
  const own = useQuery(ownRolesQuery).data?.records ?? [];
  const policy = found.data?.records[0];
  const save = useSave(policy);
  if (!object) return null;
  const chosen = save.isPending ? save.variables : chosenIn(policy);
  const options = [
    ...(fieldOf(object, 'roles')?.options ?? []).map(({ key, label }) => (
      { value: key, label: labelOf(label, language, key) }
    )),
    ...own.map(({ id, fields }) => ({ value: id, label: String(fields.name) })),
  ];
  const isOwn = (value: string) => own.some(({ id }) => id === value);
  return (
    <Panel title={t('settings.check_in.title')}>
      <div className={styles.form}>
        <label className={styles.field}>
          <span className={styles.label}>{t('settings.check_in.roles')}</span>
          <Select
            mode="multiple" optionFilterProp="label" value={[...chosen.roles, ...chosen.own_roles]}
            options={options} placeholder={t('settings.check_in.nobody')}
            loading={found.isPending || save.isPending} disabled={found.isPending || save.isPending}
            onChange={(next: string[]) => {
              save.mutate({
                roles: next.filter((value) => !isOwn(value)), own_roles: next.filter(isOwn),
              });
            }}
          />
          <span className="faint">{t('settings.check_in.note')}</span>
        </label>
      </div>
    </Panel>
  );
}
