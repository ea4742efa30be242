import { Button, Checkbox, Select } from 'antd';
import { Check, Trash2 } from 'lucide-react';
import { Fragment, useState } from 'react';
import { labelOf, useMeta } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { FieldRights } from './field-rights';
import {
  doubtsOf, FLAGS, isAdministrative, levelFor, levelsFor, OTHERS, REACHES, rightsOf, setApart,
  withRights,
} from './rights';
import type { Flag, Level, ObjectRights, Reach, RoleRights } from './rights';
import { RowRules } from './row-rules';
import { DOUBT_KEYS, FLAG_KEYS, LEVEL_KEYS, REACH_KEYS } from './rights-text';
import styles from '../organisation.module.css';

type Props = Readonly<{ role: RoleRights; onChange: ((role: RoleRights) => void) | null }>;

/**
 * The rights of a role: a line for all objects together, one for each that is set apart, a column
 * per action; without `onChange` to read.
 */
export function Matrix({ role, onChange }: Props) {
  const { t } = useText();
  const { objects } = useMeta();
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">{t('roles.object')}</th>
              {REACHES.map((one) => <th scope="col" key={one}>{t(REACH_KEYS[one])}</th>)}
              {FLAGS.map((one) => <th scope="col" key={one}>{t(FLAG_KEYS[one])}</th>)}
              {onChange && (
                <th scope="col"><span className="visually-hidden">{t('roles.join')}</span></th>
              )}
            </tr>
          </thead>
          <tbody>
            {[OTHERS, ...setApart(role, objects.map((one) => one.api_name))].map((name) => (
              <Line
                key={name} name={name} role={role} onChange={onChange}
                object={objects.find((one) => one.api_name === name) ?? null}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.foot}>
        {onChange && <Apart role={role} onChange={onChange} />}
        <span className="faint">{t('roles.rights_text')}</span>
      </div>
    </>
  );
}

/** Gives one more object rights of its own; they start as those of all others. */
function Apart({ role, onChange }: Readonly<{
  role: RoleRights; onChange: (role: RoleRights) => void;
}>) {
  const { t, language } = useText();
  const { objects } = useMeta();
  return (
    <Select<string | null>
      className={styles.apart} value={null} placeholder={t('roles.set_apart')}
      aria-label={t('roles.set_apart')} showSearch={{ optionFilterProp: 'label' }}
      options={objects.filter((one) => role.objects[one.api_name] === undefined).map((one) => (
        { value: one.api_name, label: labelOf(one.label, language, one.api_name) }
      ))}
      onChange={(name) => {
        if (name !== null) onChange(withRights(role, name, rightsOf(role, OTHERS)));
      }}
    />
  );
}

type LineProps = Props & Readonly<{ name: string; object: ObjectMeta | null }>;

function Line({ name, object, role, onChange }: LineProps) {
  const { t, language } = useText();
  const [open, setOpen] = useState<'fields' | 'rules' | null>(null);
  const rights = rightsOf(role, name);
  const set = onChange && ((next: ObjectRights | null) => {
    onChange(withRights(role, name, next));
  });
  const label = name === OTHERS ? t('roles.others') : labelOf(object?.label, language, name);
  const chosen = Object.keys(rights.fields ?? {}).length;
  return (
    <Fragment>
      <tr>
        <th scope="row">
          <div className={styles.lineName}>
            {label}
            {object && (
              <Button
                size="small" type="text" aria-expanded={open === 'fields'}
                onClick={() => {
                  setOpen(open === 'fields' ? null : 'fields');
                }}
              >
                {chosen === 0 ? t('roles.fields') : t('roles.fields_chosen', { n: chosen })}
              </Button>
            )}
            {object && levelsFor(object).length > 2 && (set || rights.rules.length > 0) && (
              <Button
                size="small" type="text" aria-expanded={open === 'rules'}
                onClick={() => {
                  setOpen(open === 'rules' ? null : 'rules');
                }}
              >
                {rights.rules.length === 0 ? t('roles.rules')
                  : t('roles.rules_chosen', { n: rights.rules.length })}
              </Button>
            )}
          </div>
        </th>
        <Reaches object={object} label={label} rights={rights} set={set} />
        <Flags object={object} label={label} rights={rights} set={set} />
        {set && (
          <td className={styles.lineEnd}>
            {name !== OTHERS && (
              <Button
                size="small" type="text" icon={<Trash2 size={14} aria-hidden />}
                title={t('roles.join')} aria-label={`${label} · ${t('roles.join')}`}
                onClick={() => {
                  set(null);
                }}
              />
            )}
          </td>
        )}
      </tr>
      {open && object && (
        <tr>
          <td className={styles.whole} colSpan={2 + REACHES.length + FLAGS.length}>
            {open === 'fields' ? <FieldRights object={object} rights={rights} set={set} />
              : <RowRules object={object} rights={rights} set={set} />}
          </td>
        </tr>
      )}
    </Fragment>
  );
}

type CellsProps = Readonly<{
  object: ObjectMeta | null; label: string; rights: ObjectRights;
  set: ((rights: ObjectRights) => void) | null;
}>;

const isFixed = (object: ObjectMeta | null) => (
  object !== null && isAdministrative(object.api_name)
);

function Doubt({ rights, part }: Readonly<{ rights: ObjectRights; part: Reach | Flag }>) {
  const { t } = useText();
  const found = doubtsOf(rights)[part];
  return found && <div className={styles.doubt}>{t(DOUBT_KEYS[found])}</div>;
}

function Reaches({ object, label, rights, set }: CellsProps) {
  const { t } = useText();
  return REACHES.map((reach) => {
    const level = levelFor(object, rights[reach]);
    const closed = isFixed(object) && reach !== 'read';
    const faint = closed || level === 'none';
    return (
      <td key={reach} data-label={t(REACH_KEYS[reach])}>
        <div>
          {set && !closed ? (
            <Select<Level>
              size="small" value={level} popupMatchSelectWidth={false} className={styles.level}
              aria-label={`${label} · ${t(REACH_KEYS[reach])}`}
              options={levelsFor(object).map((value) => ({ value, label: t(LEVEL_KEYS[value]) }))}
              onChange={(next) => {
                set({ ...rights, [reach]: next });
              }}
            />
          ) : (
            <span className={faint ? 'faint' : undefined}>
              {t(closed ? 'roles.administrators_only' : LEVEL_KEYS[level])}
            </span>
          )}
          {!closed && <Doubt rights={rights} part={reach} />}
        </div>
      </td>
    );
  });
}

function Flags({ object, label, rights, set }: CellsProps) {
  const { t } = useText();
  return FLAGS.map((flag) => {
    const closed = isFixed(object) && flag !== 'export';
    return (
      <td key={flag} data-label={t(FLAG_KEYS[flag])}>
        <div>
          {set ? (
            <Checkbox
              checked={rights[flag] && !closed} disabled={closed}
              aria-label={`${label} · ${t(FLAG_KEYS[flag])}`}
              onChange={(event) => {
                set({ ...rights, [flag]: event.target.checked });
              }}
            />
          ) : <Given given={rights[flag] && !closed} />}
          {!closed && <Doubt rights={rights} part={flag} />}
        </div>
      </td>
    );
  });
}

function Given({ given }: Readonly<{ given: boolean }>) {
  const { t } = useText();
  if (!given) return <span className="faint">{t('roles.level_none')}</span>;
  return <Check size={16} role="img" aria-label={t('roles.given')} />;
}
