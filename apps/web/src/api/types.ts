/** The wire format, written after the API contract; small, so generated types can replace it. */
export type Labels = Readonly<{ 'zh-CN': string; en: string }>;

export type FieldType =
  | 'text' | 'long_text' | 'integer' | 'decimal' | 'percent' | 'money' | 'boolean' | 'date'
  | 'datetime' | 'select' | 'multi_select' | 'email' | 'phone' | 'url' | 'user' | 'department'
  | 'link' | 'attachment' | 'autonumber' | 'rating' | 'json' | 'formula' | 'rollup' | 'lookup';

export type Option = Readonly<{ key: string; label: Labels; color?: string | null }>;

export type FieldMeta = Readonly<{
  api_name: string;
  type: FieldType;
  label: Labels;
  required: boolean;
  unique: boolean;
  default?: unknown;
  options?: readonly Option[];
  target?: string;
  scale?: number;
  sensitivity?: 'normal' | 'personal';
  important?: boolean;
  read_only?: boolean;
  /** Whether this caller may change the field. */
  editable?: boolean;
  system?: boolean;
  /** A link to several records. */
  many?: boolean;
  name?: boolean;
}>;

export type Right = 'create' | 'read' | 'update' | 'delete' | 'import';

export type ObjectMeta = Readonly<{
  api_name: string;
  label: Labels;
  origin: 'standard' | 'custom';
  primary_field: string;
  ownership?: Readonly<{ kind: string; link?: string }>;
  features?: readonly string[];
  rights: Readonly<Record<Right, boolean>>;
  fields: readonly FieldMeta[];
}>;

export type User = Readonly<{
  id: string;
  login: string;
  name: string;
  locale?: string | null;
  administrator: boolean;
}>;

export type Session = Readonly<{ user: User; csrf_token: string }>;

export type Workspace = Readonly<{
  name: string;
  time_zone: string;
  currency: string;
  money_scale: number;
  /** In which unit reports show money at first. */
  unit?: 'one' | 'wan' | 'yi';
}>;

export type Meta = Readonly<{
  product: Readonly<{ name: string; version: string }>;
  workspace: Workspace;
  user: User;
  objects: readonly ObjectMeta[];
}>;

export type Value = unknown;
export type Fields = Readonly<Record<string, Value>>;

export type RecordRow = Readonly<{
  id: string;
  version: number;
  fields: Fields;
  can?: readonly string[];
}>;

export type Filter =
  | Readonly<{ op: 'and' | 'or'; args: readonly Filter[] }>
  | Readonly<{ op: 'not'; arg: Filter }>
  | Readonly<{ op: string; field?: string; value?: unknown; rel?: string; where?: Filter }>;

export type SortKey = Readonly<{ field: string; dir: 'asc' | 'desc'; nulls?: 'first' | 'last' }>;

export type Query = Readonly<{
  select?: readonly string[];
  where?: Filter;
  search?: string;
  sort?: readonly SortKey[];
  page?: Readonly<{ limit: number; after?: string }>;
  count?: 'none' | 'estimate' | 'capped' | 'exact';
}>;

export type Page = Readonly<{ next: string | null; has_more: boolean }>;

export type QueryAnswer = Readonly<{
  records: readonly RecordRow[];
  page: Page;
  count: number | null;
  /** "at_least" when the server stopped counting. */
  count_kind?: string;
  seq?: string;
}>;

export type HistoryEntry = Readonly<{
  /** Absent for records that came in bulk. */
  seq: string | null;
  at: string;
  op: string;
  actor: Readonly<{ kind: string; id?: string | null; name?: string | null }>;
  reason?: string | null;
  changes: readonly Readonly<{ field: string; from: Value; to: Value }>[];
}>;

export type FieldError = Readonly<{
  pointer?: string;
  field?: string;
  code: string;
  params?: Readonly<Record<string, unknown>>;
  message: string;
}>;

export type ProblemBody = Readonly<{
  status?: number;
  code?: string;
  title?: string;
  detail?: string;
  errors?: readonly FieldError[];
  retryable?: boolean;
}>;
