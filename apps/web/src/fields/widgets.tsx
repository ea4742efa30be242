import type { FieldType } from '@/api/types';
import { AttachmentDisplay, AttachmentEditor } from './attachments';
import {
  BooleanDisplay, DateDisplay, DateTimeDisplay, EmailDisplay, JsonDisplay, LinkDisplay,
  LongTextDisplay, MoneyDisplay, MultiSelectDisplay, NumberDisplay, PercentDisplay,
  PhoneDisplay, RatingDisplay, SelectDisplay, TextDisplay, UrlDisplay,
} from './displays';
import {
  BooleanEditor, DateEditor, DateTimeEditor, DecimalEditor, IntegerEditor, LongTextEditor,
  RatingEditor, SelectEditor, TextEditor,
} from './editors';
import { LinkEditor } from './link-editor';
import type { FieldWidget } from './widget';

type Look = Pick<FieldWidget, 'Display' | 'Editor'> & Partial<FieldWidget>;

function words(look: Look): FieldWidget {
  return { align: 'start', width: 160, sortable: true, ...look };
}

function figure(look: Look): FieldWidget {
  return { align: 'end', width: 140, sortable: true, ...look };
}

const link = words({ Display: LinkDisplay, Editor: LinkEditor, sortable: false, width: 180 });

/** Every type of field has exactly one widget; a new type does not compile without one. */
export const fieldWidgets = {
  id: words({ Display: TextDisplay, Editor: null, width: 150 }),
  text: words({ Display: TextDisplay, Editor: TextEditor, width: 150 }),
  long_text: words({
    Display: LongTextDisplay, Editor: LongTextEditor, sortable: false, width: 280,
  }),
  integer: figure({ Display: NumberDisplay, Editor: IntegerEditor, width: 110 }),
  decimal: figure({ Display: NumberDisplay, Editor: DecimalEditor }),
  percent: figure({ Display: PercentDisplay, Editor: DecimalEditor, width: 100 }),
  money: figure({ Display: MoneyDisplay, Editor: DecimalEditor, width: 160 }),
  boolean: words({ Display: BooleanDisplay, Editor: BooleanEditor, width: 90 }),
  date: words({ Display: DateDisplay, Editor: DateEditor, width: 120 }),
  datetime: words({ Display: DateTimeDisplay, Editor: DateTimeEditor, width: 150 }),
  select: words({ Display: SelectDisplay, Editor: SelectEditor, width: 130 }),
  multi_select: words({
    Display: MultiSelectDisplay, Editor: SelectEditor, sortable: false, width: 200,
  }),
  email: words({ Display: EmailDisplay, Editor: TextEditor, width: 200 }),
  phone: words({ Display: PhoneDisplay, Editor: TextEditor, width: 150 }),
  url: words({ Display: UrlDisplay, Editor: TextEditor, width: 200 }),
  user: link,
  department: link,
  link,
  attachment: words({
    Display: AttachmentDisplay, Editor: AttachmentEditor, sortable: false, width: 220,
  }),
  autonumber: words({ Display: TextDisplay, Editor: null, width: 120 }),
  rating: words({ Display: RatingDisplay, Editor: RatingEditor, width: 120 }),
  json: words({ Display: JsonDisplay, Editor: null, sortable: false, width: 200 }),
  formula: words({ Display: TextDisplay, Editor: null }),
  rollup: figure({ Display: NumberDisplay, Editor: null }),
  lookup: words({ Display: TextDisplay, Editor: null }),
} satisfies Record<FieldType, FieldWidget>;

/** The widget of a field; a type that this build does not know is shown as text, unchanged. */
export function widgetOf(type: string): FieldWidget {
  const known: Readonly<Record<string, FieldWidget | undefined>> = fieldWidgets;
  return known[type] ?? words({ Display: TextDisplay, Editor: null });
}
