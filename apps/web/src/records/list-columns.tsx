import type { TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { labelOf } from '@/api/meta';
import type { FieldMeta, ObjectMeta, RecordRow, SortKey } from '@/api/types';
import { FieldValue } from '@/fields/field-value';
import { asText } from '@/fields/widget';
import { widgetOf } from '@/fields/widgets';
import type { Language } from '@/i18n/language';
import { recordPath } from './record-path';

type Options = Readonly<{
  object: ObjectMeta;
  fields: readonly FieldMeta[];
  sort: readonly SortKey[] | undefined;
  language: Language;
  unnamed: string;
}>;

/** Table columns generated from the object's fields. */
export function listColumns(options: Options): TableColumnsType<RecordRow> {
  const { object, fields, sort, language, unnamed } = options;
  return fields.map((field) => {
    const widget = widgetOf(field.type);
    const sorted = sort?.[0]?.field === field.api_name ? sort[0].dir : null;
    const isPrimary = field.api_name === object.primary_field;
    return {
      key: field.api_name,
      title: labelOf(field.label, language, field.api_name),
      align: widget.align,
      width: isPrimary ? 240 : widget.width,
      fixed: isPrimary ? ('start' as const) : undefined,
      ellipsis: true,
      sorter: widget.sortable && field.sensitivity !== 'personal',
      sortOrder: sorted === null ? null : sorted === 'asc' ? ('ascend' as const)
        : ('descend' as const),
      showSorterTooltip: false,
      render: (_: unknown, record: RecordRow) => {
        if (!isPrimary) return <FieldValue field={field} fields={record.fields} emptyText="" />;
        return (
          <Link className="plain-link" to={recordPath(object.api_name, record.id)}>
            {asText(record.fields[field.api_name]) || unnamed}
          </Link>
        );
      },
    };
  });
}
