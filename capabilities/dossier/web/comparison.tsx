import type { UseMutationResult } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { fieldOf, labelOf } from '@/api/meta';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import type { Fields, ObjectMeta } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { useText } from '@/i18n/use-text';
import type { Difference } from './registry-api';
import styles from './dossier.module.css';

/** What fields of the object are called. */
export function useLabels(object: ObjectMeta) {
  const { language } = useText();
  return (name: string) => {
    const field = fieldOf(object, name);
    return field ? labelOf(field.label, language, name) : name;
  };
}

/** Which of the differences somebody has chosen. */
export function useChosen() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (field: string, on: boolean) => {
    setChosen(new Set(on ? [...chosen, field] : [...chosen].filter((one) => one !== field)));
  };
  return { chosen, choose, chooseAll: setChosen };
}

/** The stored values of what is chosen, as they were looked at. */
export function baseOf(differences: readonly Difference[], chosen: ReadonlySet<string>) {
  return Object.fromEntries(differences.filter(({ field }) => chosen.has(field))
    .map(({ field, ours }) => [field, ours]));
}

/** Ours beside theirs, field by field, to choose from. */
export function Comparison({ object, differences, chosen, theirs, onChoose, pageOf }: Readonly<{
  object: ObjectMeta; differences: readonly Difference[]; chosen: ReadonlySet<string>;
  /** What the other side is called. */
  theirs: string;
  onChoose: (field: string, on: boolean) => void;
  /** On which page of a report the value stands. */
  pageOf?: (field: string) => string;
}>) {
  const { t } = useText();
  const label = useLabels(object);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('dossier.registry_field')}</th>
            <th scope="col">{t('dossier.registry_ours')}</th>
            <th scope="col">{theirs}</th>
            {pageOf && <th scope="col" className={styles.right}>{t('dossier.report_page')}</th>}
          </tr>
        </thead>
        <tbody>
          {differences.map(({ field, ours, theirs: value }) => (
            <tr key={field}>
              <td>
                <Checkbox
                  checked={chosen.has(field)}
                  onChange={(event) => {
                    onChoose(field, event.target.checked);
                  }}
                >
                  {label(field)}
                </Checkbox>
              </td>
              <td><Shown object={object} name={field} value={ours} /></td>
              <td><Shown object={object} name={field} value={value} /></td>
              {pageOf && <td className={styles.right}>{pageOf(field)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Takes over what is chosen, or chooses everything. */
export function ApplyChosen({ differences, chosen, apply, onChooseAll }: Readonly<{
  differences: readonly Difference[]; chosen: ReadonlySet<string>;
  apply: Pick<UseMutationResult<unknown, Error, void>, 'error' | 'isPending' | 'mutate'>;
  onChooseAll: (fields: ReadonlySet<string>) => void;
}>) {
  const { t } = useText();
  return (
    <>
      {apply.error && (
        <p role="alert" className={styles.problem}>{problemText(asProblem(apply.error), t)}</p>
      )}
      <div className={styles.dates}>
        <Button
          type="primary" disabled={chosen.size === 0} loading={apply.isPending}
          onClick={() => {
            apply.mutate();
          }}
        >
          {t('dossier.registry_apply', { count: String(chosen.size) })}
        </Button>
        <Button
          type="text"
          onClick={() => {
            onChooseAll(new Set(differences.map(({ field }) => field)));
          }}
        >
          {t('dossier.registry_all')}
        </Button>
      </div>
    </>
  );
}

function Shown({ object, name, value }: Readonly<{
  object: ObjectMeta; name: string; value: unknown;
}>) {
  const field = fieldOf(object, name);
  return field ? <FieldValue field={field} fields={{ [name]: value } as Fields} /> : null;
}

