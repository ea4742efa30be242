import { Button, Checkbox, Select } from 'antd';
import { Fragment, useState } from 'react';
import { isSystem, labelOf, useMeta } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import {
  doubtsOf, FIELD_RIGHTS, fieldRight, FLAGS, isAdministrative, levelFor, levelsFor, OTHERS,
  REACHES, rightsOf, withField, withRights,
} from './rights';
import type { FieldRight, Flag, Level, ObjectRights, Reach, RoleRights } from './rights';
import { DOUBT_KEYS, FIELD_KEYS, FLAG_KEYS, LEVEL_KEYS, REACH_KEYS } from './rights-text';
import styles from '../organisation.module.css';

type Props = Readonly<{ role: RoleRights; onChange: ((role: RoleRights) => void) | null }>;

/** The rights of a role: a line per object, a column per action; without `onChange` to read. */
export function Matrix({ role, onChange }: Props) {
  const { t } = useText();
  const { objects } = useMeta();
  const lines: readonly (ObjectMeta | null)[] = [null, ...objects];
  return (
    <div className={styles.scroll}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('roles.object')}</th>
            {REACHES.map((one) => <th scope="col" key={one}>{t(REACH_KEYS[one])}</th>)}
            {FLAGS.map((one) => <th scope="col" key={one}>{t(FLAG_KEYS[one])}</th>)}
          </tr>
        </thead>
        <tbody>
          {lines.map((object) => (
            <Line
              key={object?.api_name ?? OTHERS} object={object} role={role} onChange={onChange}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ object, role, onChange }: Props & Readonly<{ object: ObjectMeta | null }>) {
  const { t, language } = useText();
  const [open, setOpen] = useState(false);
  const name = object?.api_name ?? OTHERS;
  const rights = rightsOf(role, name);
  const own = role.objects[name] !== undefined;
  const set = onChange && ((next: ObjectRights | null) => {
    onChange(withRights(role, name, next));
  });
  const label = object ? labelOf(object.label, language, name) : t('roles.others');
  const apart = set && object;
  return (
    <Fragment>
      <tr>
        <th scope="row">
          {label}
          <div className={styles.actions}>
            {object && !own && <span className="faint">{t('roles.as_others')}</span>}
            {apart && (
              <Button
                size="small" type="text"
                onClick={() => {
                  set(own ? null : rights);
                }}
              >
                {t(own ? 'roles.join' : 'roles.set_apart')}
              </Button>
            )}
            {object && own && (
              <Button
                size="small" type="text" aria-expanded={open}
                onClick={() => {
                  setOpen(!open);
                }}
              >
                {t('roles.fields')}
              </Button>
            )}
          </div>
        </th>
        <Cells object={object} label={label} rights={rights} set={own || !object ? set : null} />
      </tr>
      {open && object && own && (
        <tr>
          <td colSpan={1 + REACHES.length + FLAGS.length}>
            <FieldRights object={object} rights={rights} set={set} />
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

function Cells({ object, label, rights, set }: CellsProps) {
  const { t } = useText();
  const doubts = doubtsOf(rights);
  const fixed = object !== null && isAdministrative(object.api_name);
  const doubt = (part: Reach | Flag) => {
    const found = doubts[part];
    return found && <div className={styles.doubt}>{t(DOUBT_KEYS[found])}</div>;
  };
  return (
    <>
      {REACHES.map((reach) => {
        const level = levelFor(object, rights[reach]);
        const closed = fixed && reach !== 'read';
        return (
          <td key={reach} data-label={t(REACH_KEYS[reach])}>
            <div>
              {set && !closed ? (
                <Select<Level>
                  size="small" value={level} popupMatchSelectWidth={false}
                  aria-label={`${label} · ${t(REACH_KEYS[reach])}`}
                  options={levelsFor(object).map((value) => (
                    { value, label: t(LEVEL_KEYS[value]) }
                  ))}
                  onChange={(next) => {
                    set({ ...rights, [reach]: next });
                  }}
                />
              ) : t(closed ? 'roles.administrators_only' : LEVEL_KEYS[level])}
              {!closed && doubt(reach)}
            </div>
          </td>
        );
      })}
      {FLAGS.map((flag) => (
        <td key={flag} data-label={t(FLAG_KEYS[flag])}>
          <div>
            <Checkbox
              checked={rights[flag]} disabled={!set || (fixed && flag !== 'export')}
              aria-label={`${label} · ${t(FLAG_KEYS[flag])}`}
              onChange={(event) => {
                set?.({ ...rights, [flag]: event.target.checked });
              }}
            />
            {doubt(flag)}
          </div>
        </td>
      ))}
    </>
  );
}

type Choice = FieldRight | 'as_others';

function FieldRights({ object, rights, set }: Readonly<{
  object: ObjectMeta; rights: ObjectRights; set: ((rights: ObjectRights) => void) | null;
}>) {
  const { t, language } = useText();
  const lines = [
    { name: OTHERS, label: t('roles.other_fields') },
    ...object.fields.filter((field) => !isSystem(field)).map((field) => ({
      name: field.api_name, label: labelOf(field.label, language, field.api_name),
    })),
  ];
  return (
    <ul className={styles.list}>
      {lines.map(({ name, label }) => {
        const right = fieldRight(rights, name);
        const asOthers = rights.fields?.[name] === undefined;
        const others = t(name === OTHERS ? 'roles.by_actions' : 'roles.field_as_others', {
          right: t(FIELD_KEYS[right]),
        });
        return (
          <li className={styles.entry} key={name}>
            <span>{label}</span>
            {set ? (
              <Select<Choice>
                size="small" aria-label={label} popupMatchSelectWidth={false}
                value={asOthers ? 'as_others' : right}
                options={[
                  { value: 'as_others', label: others },
                  ...FIELD_RIGHTS.map((value) => ({ value, label: t(FIELD_KEYS[value]) })),
                ]}
                onChange={(next) => {
                  set(withField(rights, name, next === 'as_others' ? null : next));
                }}
              />
            ) : <span>{asOthers ? others : t(FIELD_KEYS[right])}</span>}
          </li>
        );
      })}
    </ul>
  );
}
