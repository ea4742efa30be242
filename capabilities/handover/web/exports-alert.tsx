import { TriangleAlert } from 'lucide-react';
import { labelOf, useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { formatDateTime } from '@/lib/dates';
import { Notice } from '@/ui/states';
import type { ExportsBefore } from './handover-api';

const SHOWN = 5;

/** Whether somebody has taken lists out of the house shortly before his work goes to others. */
export function ExportsAlert({ exports }: Readonly<{ exports: ExportsBefore }>) {
  const { t, language } = useText();
  const { objects, workspace } = useMeta();
  if (exports.count === 0) return null;
  const lines = exports.latest.slice(0, SHOWN).map((one) => {
    const object = objects.find((known) => known.api_name === one.object);
    const name = labelOf(object?.label, language, one.object);
    return [formatDateTime(one.at, workspace.time_zone), name, one.format.toUpperCase()].join(' ');
  });
  const count = exports.more ? `${String(exports.count)}+` : String(exports.count);
  return (
    <Notice
      icon={TriangleAlert}
      tone="danger"
      title={t('handover.exports', { n: count, days: exports.days })}
      text={lines.join(t('roles.comma'))}
    />
  );
}
