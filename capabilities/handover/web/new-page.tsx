import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useMeta } from '@/api/meta';
import { useText } from '@/i18n/use-text';
import { Page, Panel } from '@/ui/page';
import { FailedLine } from '@/ui/states';
import { showToast } from '@/ui/toast';
import { ExportsAlert } from './exports-alert';
import { Back } from './back';
import { createHandover, tryHandover } from './handover-api';
import type { Plan } from './handover-api';
import { LedgerTable, Points } from './ledger';
import { EMPTY_DRAFT, isComplete, planOf } from './plan-draft';
import { PlanForm } from './plan-form';
import styles from './handover.module.css';

/** Chooses who hands over to whom, shows what would happen, and does it. */
export default function NewPage() {
  const { t } = useText();
  const { workspace } = useMeta();
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const plan = planOf(draft, workspace.time_zone);
  const trial = useMutation({ mutationFn: () => tryHandover(plan) });
  return (
    <Page narrow title={t('handover.new')} note={t('handover.new_note')} above={<Back />}>
      <Panel>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            trial.mutate();
          }}
        >
          <PlanForm
            draft={draft}
            onChange={(next) => {
              trial.reset();
              setDraft(next);
            }}
          />
          {trial.error && <FailedLine error={trial.error} />}
          <div className={styles.actions}>
            <Button htmlType="submit" disabled={!isComplete(draft)} loading={trial.isPending}>
              {t('handover.try')}
            </Button>
          </div>
        </form>
      </Panel>
      {trial.data && (
        <>
          <ExportsAlert exports={trial.data.exports} />
          <Panel title={t('handover.would_happen')} flush>
            <LedgerTable ledger={trial.data.ledger} />
          </Panel>
          <Panel title={t('handover.points')} flush>
            <Points points={trial.data.open_points} />
          </Panel>
          <CarryOut plan={plan} />
        </>
      )}
    </Page>
  );
}

function CarryOut({ plan }: Readonly<{ plan: Plan }>) {
  const { t } = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const later = plan.execute_at !== null;
  const carryOut = useMutation({
    mutationFn: () => createHandover(plan),
    onSuccess: async (made) => {
      await client.invalidateQueries();
      showToast({
        tone: 'success', text: t(later ? 'handover.was_prepared' : 'handover.was_done'),
      });
      void navigate(`/handover/${made.id}`);
    },
  });
  return (
    <Panel>
      {carryOut.error && <FailedLine error={carryOut.error} />}
      <div className={styles.actions}>
        <Button
          type="primary" loading={carryOut.isPending}
          onClick={() => {
            carryOut.mutate();
          }}
        >
          {t(later ? 'handover.prepare' : 'handover.carry_out')}
        </Button>
        <span className="faint">{t('handover.can_be_undone')}</span>
      </div>
    </Panel>
  );
}
