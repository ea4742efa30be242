import { Button } from 'antd';
import { LayoutList, Lock, Pencil, Plus, Table2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { labelOf, useMeta, useObjectMeta } from '@/api/meta';
import type { FieldMeta, ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { Page, Panel } from '@/ui/page';
import { Notice } from '@/ui/states';
import { DeleteDialog } from './delete-dialog';
import { DeletedFields } from './deleted-fields';
import { FieldDialog } from './field-dialog';
import { isCustom } from './structure-api';
import { typeText } from './types';
import { useStructure } from './use-structure';
import styles from './structure.module.css';

export default function StructurePage() {
  const { t } = useText();
  const { object: name = '' } = useParams();
  const { user } = useMeta();
  const object = useObjectMeta(name);
  if (!object || !user.administrator) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  return <Structure object={object} />;
}

/** The fields of one table: added, changed and deleted while everybody works. */
function Structure({ object }: Readonly<{ object: ObjectMeta }>) {
  const { t, language } = useText();
  const navigate = useNavigate();
  const structure = useStructure(object);
  const [edited, setEdited] = useState<FieldMeta | 'new' | null>(null);
  const [deleted, setDeleted] = useState<FieldMeta | 'object' | null>(null);
  const title = labelOf(object.label, language, object.api_name);
  const fields = object.fields.filter((field) => !field.system);
  const label = deleted && deleted !== 'object'
    ? labelOf(deleted.label, language, deleted.api_name) : title;
  const field = deleted && deleted !== 'object' ? deleted.api_name : null;
  return (
    <Page
      title={t('structure.title', { object: title })}
      note={t('tables.fields', { name: object.api_name, n: fields.length })}
      tools={(
        <Tools
          object={object}
          onAdd={() => {
            setEdited('new');
          }}
          onDelete={() => {
            setDeleted('object');
          }}
        />
      )}
    >
      <Panel flush>
        <table className={styles.fields}>
          <tbody>
            {fields.map((one) => (
              <FieldLine
                key={one.api_name} field={one} primary={one.api_name === object.primary_field}
                onEdit={() => {
                  setEdited(one);
                }}
                onDelete={() => {
                  setDeleted(one);
                }}
              />
            ))}
          </tbody>
        </table>
      </Panel>
      <DeletedFields object={object} onRestore={structure.restore} />
      {edited && (
        <FieldDialog
          object={object} field={edited === 'new' ? null : edited} onCreate={structure.create}
          onChange={structure.change}
          onClose={() => {
            setEdited(null);
          }}
        />
      )}
      {deleted && (
        <DeleteDialog
          object={object.api_name} field={field} name={label}
          onDelete={async () => {
            if (field === null) void navigate('/tables');
            await structure.remove(field, label);
          }}
          onClose={() => {
            setDeleted(null);
          }}
        />
      )}
    </Page>
  );
}

type ToolsProps = Readonly<{ object: ObjectMeta; onAdd: () => void; onDelete: () => void }>;

function Tools({ object, onAdd, onDelete }: ToolsProps) {
  const { t } = useText();
  return (
    <>
      <Link to={`/records/${object.api_name}`}>
        <Button icon={<Table2 size={15} />}>{t('structure.open_table')}</Button>
      </Link>
      <Link to={`/tables/${object.api_name}/layout`}>
        <Button icon={<LayoutList size={15} />}>{t('layout.title')}</Button>
      </Link>
      {isCustom(object) && (
        <Button
          danger type="text" icon={<Trash2 size={15} />}
          onClick={onDelete}
        >
          {t('structure.delete_table')}
        </Button>
      )}
      <Button
        type="primary" icon={<Plus size={15} />}
        onClick={onAdd}
      >
        {t('structure.add_field')}
      </Button>
    </>
  );
}

type LineProps = Readonly<{
  field: FieldMeta; primary: boolean; onEdit: () => void; onDelete: () => void;
}>;

function FieldLine({ field, primary, onEdit, onDelete }: LineProps) {
  const { t, language } = useText();
  const label = labelOf(field.label, language, field.api_name);
  const type = typeText(field.type);
  const marks = [
    primary && t('structure.primary'), field.required && t('structure.required'),
    field.unique && t('structure.unique'), field.important && t('structure.important'),
    field.sensitivity === 'personal' && t('structure.personal'),
  ].filter((mark) => mark !== false);
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="faint">{field.api_name}</td>
      <td>{type ? t(type) : field.type}</td>
      <td className="faint">{marks.join(' · ')}</td>
      <td className={styles.actions}>
        <Button
          type="text" size="small" icon={<Pencil size={14} />}
          aria-label={t('record.edit', { field: label })} onClick={onEdit}
        />
        {!primary && (
          <Button
            type="text" size="small" icon={<Trash2 size={14} />}
            aria-label={t('structure.delete', { name: label })} onClick={onDelete}
          />
        )}
      </td>
    </tr>
  );
}
