import { attachmentUrl } from '@/api/attachments';
import { useMeta } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Panel } from '@/ui/page';
import { useLabels } from './comparison';
import type { RegistryView } from './registry-api';
import styles from './dossier.module.css';

type Entry = RegistryView['provenance'][number];

/** Where values of the card and of the yearly figures came from. */
export function Provenance({ objects, provenance }: Readonly<{
  objects: readonly ObjectMeta[]; provenance: readonly Entry[];
}>) {
  const { t } = useText();
  return (
    <Panel title={t('dossier.registry_provenance')}>
      <ul className={styles.waiting}>
        {provenance.map((entry) => {
          const object = objects.find(({ api_name }) => api_name === entry.object);
          const key = `${entry.object}${String(entry.year)}${entry.field}`;
          return object && <Line key={key} object={object} entry={entry} />;
        })}
      </ul>
    </Panel>
  );
}

function Line({ object, entry }: Readonly<{ object: ObjectMeta; entry: Entry }>) {
  const { t } = useText();
  const { workspace } = useMeta();
  const label = useLabels(object);
  const { field, source, year, page, file } = entry;
  const when = formatDateTime(entry.taken_at, workspace.time_zone);
  const yearly = entry.object === 'account' || year === null ? '' : `${String(year)} `;
  return (
    <li>
      <span>{yearly}{label(field)}</span>
      <span className={`${styles.source ?? ''} faint tabular`}>
        {file === null ? source : (
          <a href={attachmentUrl(file)} target="_blank" rel="noreferrer">{source}</a>
        )}
        {year !== null && <> · {t('dossier.report_of', { year: String(year) })}</>}
        {page !== null && <> · {t('dossier.report_on_page', { page: String(page) })}</>}
        {` · ${when}`}
      </span>
    </li>
  );
}
