import { Button, Cascader, Dropdown, Select } from 'antd';
import { ChevronDown, Plus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { isLink, labelOf, useMeta } from '@/api/meta';
import type { Filter, FilterOp, ObjectMeta } from '@/api/types';
import type { Language } from '@/i18n/language';
import { useText } from '@/i18n/use-text';
import {
  OP_TEXTS, asGroup, complete, fieldAt, isGroup, isRelated, opsFor, relationsOf,
} from './filter-ops';
import { FilterValue } from './filter-value';
import styles from './filter.module.css';

const DEEPEST = 6;
const LONGEST_PATH = 3;

type Choice = Readonly<{ value: string; label: string; children?: Choice[] }>;

function fieldChoices(
  objects: readonly ObjectMeta[], object: ObjectMeta, language: Language, depth = 1,
): Choice[] {
  return object.fields.map((field) => {
    const choice = { value: field.api_name, label: labelOf(field.label, language, field.api_name) };
    if (!isLink(field) || field.many || depth >= LONGEST_PATH) return choice;
    const target = objects.find(
      (one) => one.api_name === (field.type === 'link' ? field.target : field.type),
    );
    if (!target) return choice;
    return { ...choice, children: fieldChoices(objects, target, language, depth + 1) };
  });
}

type BuilderProps = Readonly<{
  object: ObjectMeta; filter: Filter | undefined; onChange: (filter: Filter | undefined) => void;
}>;

/** Writes any filter of the grammar; what is complete applies at once. */
export function FilterBuilder({ object, filter, onChange }: BuilderProps) {
  const [draft, setDraft] = useState(() => asGroup(filter));
  return (
    <div className={styles.builder}>
      <Group
        object={object} filter={draft} depth={1}
        onChange={(next) => {
          setDraft(next);
          onChange(complete(next));
        }}
      />
    </div>
  );
}

type NodeProps = Readonly<{
  object: ObjectMeta; filter: Filter; depth: number; onChange: (filter: Filter) => void;
}>;

function Group({ object, filter, depth, onChange }: NodeProps) {
  const { t } = useText();
  const args = filter.args ?? [];
  const replace = (at: number, next: Filter | null) => {
    onChange({
      ...filter, args: args.flatMap((arg, here) => (here !== at ? [arg] : next ? [next] : [])),
    });
  };
  return (
    <div className={depth > 1 ? styles.nested : styles.group} role="group">
      {(args.length > 1 || depth > 1) && (
        <Select<FilterOp>
          size="small" className={styles.joint} value={filter.op} aria-label={t('filter.joint')}
          options={[
            { value: 'and', label: t('filter.all_of') }, { value: 'or', label: t('filter.any_of') },
            ...(args.length === 1 ? [{ value: 'not' as const, label: t('filter.not_this') }] : []),
          ]}
          onChange={(op) => {
            onChange({ ...filter, op });
          }}
        />
      )}
      {args.map((arg, at) => (
        <div key={at} className={styles.row}>
          <Node
            object={object} filter={arg} depth={depth + 1}
            onChange={(next) => {
              replace(at, next);
            }}
          />
          <Button
            type="text" size="small" icon={<X size={14} />} aria-label={t('filter.remove')}
            onClick={() => {
              replace(at, null);
            }}
          />
        </div>
      ))}
      {filter.op !== 'not' && (
        <AddButton
          object={object} depth={depth}
          onAdd={(added) => {
            onChange({ ...filter, args: [...args, added] });
          }}
        />
      )}
    </div>
  );
}

function AddButton({ object, depth, onAdd }: Readonly<{
  object: ObjectMeta; depth: number; onAdd: (filter: Filter) => void;
}>) {
  const { t } = useText();
  const { objects } = useMeta();
  const related = relationsOf(objects, object).length > 0 && depth < DEEPEST - 1;
  const first = object.fields.find((field) => field.api_name === object.primary_field);
  const add: Readonly<Record<string, () => void>> = {
    condition: () => {
      onAdd({ op: first ? opsFor(first)[0] ?? 'contains' : 'contains', field: first?.api_name });
    },
    group: () => {
      onAdd({ op: 'or', args: [] });
    },
    related: () => {
      onAdd({ op: 'some', where: { op: 'and', args: [] } });
    },
  };
  return (
    <div className={styles.add}>
      <Button size="small" type="text" icon={<Plus size={14} />} onClick={add.condition}>
        {t('filter.add_condition')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'group', label: t('filter.add_group'), disabled: depth >= DEEPEST - 1 },
            { key: 'related', label: t('filter.add_related'), disabled: !related },
          ],
          onClick: ({ key }) => {
            add[key]?.();
          },
        }}
      >
        <Button
          size="small" type="text" icon={<ChevronDown size={14} />}
          aria-label={t('filter.add_other')}
        />
      </Dropdown>
    </div>
  );
}

function Node(props: NodeProps) {
  if (isGroup(props.filter)) return <Group {...props} />;
  return isRelated(props.filter) ? <Related {...props} /> : <Condition {...props} />;
}

/** Of fields with the same name the one of the record itself stands before those of its links. */
const NEAREST_FIRST = {
  sort: (one: readonly unknown[], other: readonly unknown[]) => one.length - other.length,
};

function Condition({ object, filter, onChange }: NodeProps) {
  const { t, language } = useText();
  const { objects } = useMeta();
  const choices = useMemo(
    () => fieldChoices(objects, object, language), [objects, object, language],
  );
  const field = filter.field ? fieldAt(objects, object, filter.field) : undefined;
  return (
    <div className={styles.condition}>
      <Cascader
        className={styles.field} options={choices} changeOnSelect allowClear={false}
        showSearch={NEAREST_FIRST}
        aria-label={t('tables.field')} value={filter.field?.split('.') ?? []}
        displayRender={(labels) => labels.join(' › ')}
        onChange={(path) => {
          const next = fieldAt(objects, object, path.join('.'));
          if (next) onChange({ op: opsFor(next)[0] ?? 'empty', field: path.join('.') });
        }}
      />
      {field && (
        <Select<FilterOp>
          className={styles.op} value={filter.op} aria-label={t('filter.op')}
          options={opsFor(field).map((op) => ({ value: op, label: t(OP_TEXTS[op]) }))}
          onChange={(op) => {
            onChange({ op, field: filter.field });
          }}
        />
      )}
      {field && (
        <FilterValue
          field={field} filter={filter}
          onChange={(value) => {
            onChange({ ...filter, value });
          }}
        />
      )}
    </div>
  );
}

/** A condition on records that point here: some of its orders … */
function Related({ object, filter, depth, onChange }: NodeProps) {
  const { t, language } = useText();
  const { objects } = useMeta();
  const relations = relationsOf(objects, object);
  const chosen = relations.find((one) => one.rel === filter.rel);
  return (
    <div className={styles.related}>
      <div className={styles.condition}>
        <Select<FilterOp>
          className={styles.op} value={filter.op} aria-label={t('filter.op')}
          options={(['some', 'none', 'every'] as const).map((op) => (
            { value: op, label: t(OP_TEXTS[op]) }
          ))}
          onChange={(op) => {
            onChange({ ...filter, op });
          }}
        />
        <Select
          className={styles.field} value={filter.rel} aria-label={t('filter.relation')}
          placeholder={t('filter.relation')} showSearch={{ optionFilterProp: 'label' }}
          options={relations.map(({ rel, object: other, field }) => ({
            value: rel,
            label: `${labelOf(other.label, language)} · ${labelOf(field.label, language)}`,
          }))}
          onChange={(rel) => {
            onChange({ op: filter.op, rel, where: { op: 'and', args: [] } });
          }}
        />
      </div>
      {chosen && (
        <Group
          object={chosen.object} filter={asGroup(filter.where)} depth={depth + 1}
          onChange={(where) => {
            onChange({ ...filter, where });
          }}
        />
      )}
    </div>
  );
}
