import { isNumber } from '@/api/meta';
import type { FieldMeta, ObjectMeta } from '@/api/types';
import { widgetOf } from '@/fields/widgets';
import { isWritable } from '@/fields/writable';
import { columnsOf } from '@/records/list-state';
import type { Definition } from '../views/definition';

export type GridColumn = Readonly<{
  index: number;
  field: FieldMeta;
  left: number;
  width: number;
  end: boolean;
  writable: boolean;
}>;

export type Columns = Readonly<{
  all: readonly GridColumn[];
  frozen: readonly GridColumn[];
  moving: readonly GridColumn[];
  /** Where the frozen part ends, the numbers of the rows included. */
  frozenWidth: number;
  width: number;
}>;

export const GUTTER = 60;
export const LEAST_WIDTH = 60;
export const MOST_WIDTH = 800;
const PRIMARY_WIDTH = 220;
const MOST_FROZEN = 4;

export function shownFields(object: ObjectMeta, definition: Definition): readonly FieldMeta[] {
  return columnsOf(object, definition.fields ? definition.fields.join('.') : null);
}

export function gridColumns(
  object: ObjectMeta, definition: Definition, narrow: boolean,
): Columns {
  let left = GUTTER;
  const all = shownFields(object, definition).map((field, index) => {
    const usual = field.api_name === object.primary_field ? PRIMARY_WIDTH
      : widgetOf(field.type).width;
    const width = definition.widths?.[field.api_name] ?? usual;
    const column = {
      index, field, left, width, end: isNumber(field),
      writable: isWritable(field) && (field.type === 'boolean'
        || widgetOf(field.type).Editor !== null),
    };
    left += width;
    return column;
  });
  const wanted = narrow ? 0 : Math.min(definition.frozen ?? 1, MOST_FROZEN, all.length);
  const frozen = all.slice(0, wanted);
  const moving = all.slice(wanted);
  return { all, frozen, moving, width: left, frozenWidth: moving[0]?.left ?? left };
}
