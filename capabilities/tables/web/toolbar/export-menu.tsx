import { Button, Dropdown } from 'antd';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { api, apiUrl } from '@/api/client';
import { asProblem } from '@/api/problem';
import { problemText } from '@/api/problem-text';
import type { components } from '@/api/schema';
import type { ObjectMeta } from '@/api/types';
import { finishedJob } from '@/api/jobs';
import { useText } from '@/i18n/use-text';
import { showToast } from '@/ui/toast';
import { shownFields } from '../grid/columns';
import type { OpenView } from '../views/use-view';

type Request = components['schemas']['ExportRequest'];
type Job = components['schemas']['Job'];

/** The records of a view as a file: its fields, its filter, its order. */
export function ExportMenu({ object, view }: Readonly<{ object: ObjectMeta; view: OpenView }>) {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const { definition, search } = view;
  const write = async (format: 'csv' | 'xlsx') => {
    setBusy(true);
    const request: Request = {
      object: object.api_name, format,
      query: {
        select: shownFields(object, definition).map((field) => field.api_name),
        where: definition.where, sort: definition.sort, search: search || undefined,
      },
    };
    try {
      const { id } = await api.post<Job>('/exports', request);
      const job = await finishedJob(id);
      if (job.state === 'done') window.location.assign(apiUrl(`/exports/${id}/file`));
      else showToast({ tone: 'error', text: job.problem?.title ?? t('problem.unexpected') });
    } catch (error) {
      showToast({ tone: 'error', text: problemText(asProblem(error), t) });
    }
    setBusy(false);
  };
  if (!object.rights.export) return null;
  return (
    <Dropdown
      trigger={['click']} disabled={busy}
      menu={{
        items: [{ key: 'xlsx', label: 'XLSX' }, { key: 'csv', label: 'CSV' }],
        onClick: ({ key }) => void write(key === 'csv' ? 'csv' : 'xlsx'),
      }}
    >
      <Button
        type="text" loading={busy} icon={<Download size={15} />} aria-label={t('tables.export')}
      />
    </Dropdown>
  );
}
