import { Button, Select } from 'antd';
import { Plus, Trash2 } from 'lucide-react';
import { useObjectMeta } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { FilterBuilder } from '@/filter/filter-builder';
import { OwnFields } from '@/filter/own-fields';
import { useText } from '@/i18n/use-text';
import { FilterText } from '@/records/filter-text';
import { doubtOf, MOST_RULES } from './rights';
import type { ObjectRights, RowRule } from './rights';
import { RULE_DOUBT_KEYS, RULE_LEVEL_KEYS } from './rights-text';
import styles from '../organisation.module.css';

type Props = Readonly<{
  object: ObjectMeta; rights: ObjectRights; set: ((rights: ObjectRights) => void) | null;
}>;

const EMPTY: RowRule = { level: 'read', where: { op: 'and', args: [] } };

/** Which records one gets beyond the reach, by what they are; without `set` to read. */
export function RowRules({ object, rights, set }: Props) {
  const { t } = useText();
  const people = useObjectMeta('user');
  const { rules } = rights;
  const put = (next: readonly RowRule[]) => set?.({ ...rights, rules: next });
  return (
    <OwnFields value={people?.fields ?? []}>
      <div className={styles.rules}>
        <span className="faint">{t('roles.rules_text')}</span>
        {rules.map((rule, at) => (
          <Rule
            key={`${at} ${rules.length}`} object={object} rule={rule} rights={rights}
            change={set && ((next) => {
              put(rules.flatMap((one, here) => (here !== at ? [one] : next ? [next] : [])));
            })}
          />
        ))}
        {set && rules.length < MOST_RULES && (
          <Button
            className={styles.addRule} size="small" icon={<Plus size={14} aria-hidden />}
            onClick={() => {
              put([...rules, EMPTY]);
            }}
          >
            {t('roles.add_rule')}
          </Button>
        )}
      </div>
    </OwnFields>
  );
}

type RuleProps = Readonly<{
  object: ObjectMeta; rule: RowRule; rights: ObjectRights;
  change: ((rule: RowRule | null) => void) | null;
}>;

function Rule({ object, rule, rights, change }: RuleProps) {
  const { t } = useText();
  const doubt = doubtOf(rule, rights);
  if (!change) {
    return (
      <div className={styles.rule}>
        <b>{t(RULE_LEVEL_KEYS[rule.level])}</b>
        <FilterText filter={rule.where} object={object} />
      </div>
    );
  }
  return (
    <div className={styles.rule} role="group" aria-label={t('roles.rule')}>
      <div className={styles.ruleHead}>
        <Select<RowRule['level']>
          size="small" value={rule.level} popupMatchSelectWidth={false}
          aria-label={t('roles.rule_level')}
          options={(['read', 'edit'] as const).map((value) => (
            { value, label: t(RULE_LEVEL_KEYS[value]) }
          ))}
          onChange={(level) => {
            change({ ...rule, level });
          }}
        />
        <Button
          size="small" type="text" icon={<Trash2 size={14} aria-hidden />}
          title={t('roles.remove_rule')} aria-label={t('roles.remove_rule')}
          onClick={() => {
            change(null);
          }}
        />
      </div>
      <FilterBuilder
        object={object} filter={rule.where}
        onChange={(where) => {
          change({ ...rule, where: where ?? EMPTY.where });
        }}
      />
      {doubt && <div className={styles.doubt}>{t(RULE_DOUBT_KEYS[doubt])}</div>}
    </div>
  );
}
