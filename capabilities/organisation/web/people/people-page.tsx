import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Input, Tree, TreeSelect } from 'antd';
import { Lock, Plus, Users } from 'lucide-react';
import { useObjectMeta } from '@/api/meta';
import { recordById, recordList } from '@/api/records';
import type { Filter, ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { LoadMore } from '@/records/load-more';
import { Page, Panel } from '@/ui/page';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { useUrlState } from '@/ui/url-state';
import { useNarrow } from '@/ui/use-narrow';
import { departmentErrors } from './checks';
import { departmentsQuery } from './people-api';
import { PeopleTable } from './people-table';
import { RecordForm } from './record-form';
import { departmentTree, withBelow } from './tree';
import type { Department, TreeNode } from './tree';
import { UserDrawer } from './user-drawer';
import styles from '../organisation.module.css';

const PAGE_LIMIT = 50;
const NO_DEPARTMENTS: readonly Department[] = [];

type KitNode = { key: string; value: string; title: string; children: KitNode[] };
function kitNodes(nodes: readonly TreeNode[]): KitNode[] {
  return nodes.map(({ key, title, children }) => (
    { key, value: key, title, children: kitNodes(children) }
  ));
}

/** Departments and people: who belongs where, reports to whom and has which roles. */
export default function PeoplePage() {
  const { t } = useText();
  const [params, change] = useUrlState();
  const user = useObjectMeta('user');
  const department = useObjectMeta('department');
  const found = useQuery({ ...departmentsQuery, enabled: department !== undefined });
  const chosen = params.get('department');
  if (!user) {
    return <Notice icon={Lock} title={t('state.forbidden')} text={t('state.forbidden_text')} />;
  }
  const departments = found.data ?? NO_DEPARTMENTS;
  const open = (id: string | null) => {
    change({ user: id }, { replace: true });
  };
  const person = params.get('user');
  const edited = params.get('edit');
  const closeDepartment = () => {
    change({ edit: null }, { replace: true });
  };
  return (
    <Page
      title={t('people.title')} note={t('people.note')}
      tools={user.rights.create && (
        <Button
          type="primary" icon={<Plus size={14} aria-hidden />}
          onClick={() => {
            open('new');
          }}
        >
          {t('people.new')}
        </Button>
      )}
    >
      <div className={styles.columns}>
        <Panel title={t('people.departments')}>
          {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
          {department && found.isPending && <TableSkeleton rows={4} columns={1} />}
          {found.isSuccess && <Departments departments={departments} object={department} />}
        </Panel>
        <People object={user} departments={departments} onOpen={open} />
      </div>
      {person !== null && (
        <UserDrawer
          key={person} object={user} id={person} department={chosen} onOpen={open}
          onClose={() => {
            open(null);
          }}
        />
      )}
      {department && edited !== null && (
        <DepartmentDrawer
          key={edited} object={department} id={edited === 'new' ? null : edited} parent={chosen}
          departments={departments} onClose={closeDepartment}
        />
      )}
    </Page>
  );
}

function Departments({ departments, object }: Readonly<{
  departments: readonly Department[]; object: ObjectMeta | undefined;
}>) {
  const { t } = useText();
  const narrow = useNarrow();
  const [params, change] = useUrlState();
  const chosen = params.get('department');
  const nodes = kitNodes(departmentTree(departments));
  const choose = (id: string | null) => {
    change({ department: id });
  };
  return (
    <div className={styles.stack}>
      {departments.length === 0 && <p className="faint">{t('people.no_departments')}</p>}
      {narrow ? (
        <TreeSelect
          aria-label={t('people.departments')} placeholder={t('people.all')} allowClear
          treeDefaultExpandAll treeData={nodes} value={chosen ?? undefined}
          onChange={(id: string | undefined) => {
            choose(id ?? null);
          }}
        />
      ) : (
        <Tree
          blockNode defaultExpandAll treeData={nodes}
          selectedKeys={chosen === null ? [] : [chosen]}
          onSelect={([key]) => {
            choose(key === undefined ? null : String(key));
          }}
        />
      )}
      <div className={styles.actions}>
        {object?.rights.create && (
          <Button
            size="small"
            onClick={() => {
              change({ edit: 'new' }, { replace: true });
            }}
          >
            {t('people.new_department')}
          </Button>
        )}
        {object?.rights.update && chosen !== null && (
          <Button
            size="small"
            onClick={() => {
              change({ edit: chosen }, { replace: true });
            }}
          >
            {t('people.edit_department')}
          </Button>
        )}
      </div>
    </div>
  );
}

const DEPARTMENT_FIELDS = ['name', 'code', 'parent', 'head', 'remarks'];

function DepartmentDrawer({ object, id, parent, departments, onClose }: Readonly<{
  object: ObjectMeta; id: string | null; parent: string | null;
  departments: readonly Department[]; onClose: () => void;
}>) {
  const { t } = useText();
  const found = useQuery({
    ...recordById('department', id ?? '', [...DEPARTMENT_FIELDS, 'parent.name', 'head.name']),
    enabled: id !== null,
  });
  const title = t(id === null ? 'people.new_department' : 'people.edit_department');
  return (
    <Drawer open size={440} title={title} onClose={onClose}>
      {id !== null && found.isPending && <TableSkeleton rows={4} columns={1} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {(id === null || found.data) && (
        <RecordForm
          object={object} names={DEPARTMENT_FIELDS} record={found.data ?? null}
          given={id === null && parent !== null ? { parent } : undefined}
          check={(values) => departmentErrors(id, values, departments)} onSaved={onClose}
        />
      )}
    </Drawer>
  );
}

function People({ object, departments, onOpen }: Readonly<{
  object: ObjectMeta; departments: readonly Department[]; onOpen: (id: string) => void;
}>) {
  const { t } = useText();
  const [params, change] = useUrlState();
  const chosen = params.get('department');
  const all = params.get('all') === '1';
  const args: Filter[] = [];
  if (!all) args.push({ op: 'eq', field: 'active', value: true });
  if (chosen !== null) {
    args.push({ op: 'in', field: 'department', value: withBelow(departments, chosen) });
  }
  const found = useInfiniteQuery(recordList('user', {
    select: ['name', 'login', 'title', 'department.name', 'manager.name', 'roles', 'own_roles',
      'active'],
    where: args.length === 0 ? undefined : { op: 'and', args },
    search: params.get('q') ?? undefined, sort: [{ field: 'name', dir: 'asc' }],
    page: { limit: PAGE_LIMIT },
  }));
  const rows = found.data?.pages.flatMap((page) => page.records) ?? [];
  return (
    <Panel flush>
      <div className={styles.tools}>
        <Input.Search
          className={styles.search} allowClear placeholder={t('people.search')}
          defaultValue={params.get('q') ?? ''}
          onSearch={(q) => {
            change({ q }, { replace: true });
          }}
        />
        <Checkbox
          checked={all}
          onChange={(event) => {
            change({ all: event.target.checked ? '1' : null }, { replace: true });
          }}
        >
          {t('people.with_disabled')}
        </Checkbox>
      </div>
      {found.isPending && <TableSkeleton rows={8} columns={4} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && (
        <Notice icon={Users} title={t('people.none')} text={t('people.none_text')} />
      )}
      {rows.length > 0 && <PeopleTable object={object} rows={rows} onOpen={onOpen} />}
      <LoadMore
        hasMore={found.hasNextPage} loading={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
    </Panel>
  );
}
