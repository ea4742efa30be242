import { Images } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useText } from '@/i18n/use-text';
import { LoadMore } from '@/records/load-more';
import { Failed, Notice, TableSkeleton } from '@/ui/states';
import { shownFields } from '../grid/columns';
import { useSelect } from '../rows/use-rows';
import { RecordCard } from '../shared/record-card';
import { useBook } from '../shared/use-book';
import { useCellContext } from '../shared/use-context';
import type { ViewProps } from '../views/pages';
import styles from './gallery.module.css';

const STEP = 60;

/** Records as cards side by side. */
export default function Gallery({ object, view, onOpen }: ViewProps) {
  const { t } = useText();
  const [wanted, setWanted] = useState(STEP);
  const context = useCellContext();
  const { definition, search } = view;
  const fields = useMemo(() => shownFields(object, definition), [object, definition]);
  const names = useMemo(() => fields.map((field) => field.api_name), [fields]);
  const select = useSelect(object, names);
  const { where, sort = [] } = definition;
  const book = useBook({ object, select, where, search, sort });
  const source = book.source('', where, null);
  useEffect(() => {
    source.look(0, wanted - 1);
  }, [source, wanted]);
  if (source.failure) {
    return (
      <Failed
        error={source.failure}
        retry={() => {
          source.retry();
        }}
      />
    );
  }
  if (!source.started) return <TableSkeleton columns={4} rows={8} />;
  if (source.total === 0) return <Notice icon={Images} title={t('list.none')} />;
  return (
    <div className={styles.scroll}>
      <div className={styles.gallery}>
        {source.loaded().map((record) => (
          <RecordCard
            key={record.id} object={object} record={record} fields={fields} context={context}
            onOpen={() => {
              onOpen(record.id);
            }}
          />
        ))}
      </div>
      <LoadMore
        hasMore={wanted < source.total}
        loading={source.loaded().length < Math.min(wanted, source.total)}
        onMore={() => {
          setWanted(wanted + STEP);
        }}
      />
    </div>
  );
}
