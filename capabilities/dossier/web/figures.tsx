import { Link } from 'react-router';
import { useText } from '@/i18n/use-text';
import { listPath } from '@/records/record-path';
import { Definition } from '@/ui/definition';
import { Amount, useUnitName } from '@/ui/money';
import type { Figure } from './dossier-api';
import { Sparkline } from './sparkline';
import { FIGURE_TEXTS, HELP_TEXTS, textKey } from './text-keys';
import styles from './dossier.module.css';

const OBJECTS: Readonly<Record<string, string>> = {
  net_sales: 'order_line', cash_received: 'payment', open_receivables: 'invoice',
  contacts: 'visit',
};

function recordsOf(figure: string, account: string): string {
  const where = JSON.stringify({ op: 'eq', field: 'account', value: account });
  return `${listPath(OBJECTS[figure] ?? 'visit')}?${new URLSearchParams({ where }).toString()}`;
}

/** The four key figures with their course over twelve months. */
export function Figures({ figures, account }: Readonly<{
  figures: readonly Figure[]; account: string;
}>) {
  const { t } = useText();
  const unit = useUnitName();
  const title = (key: string) => t(textKey(FIGURE_TEXTS, key), { unit });
  return (
    <dl className={styles.figures}>
      {figures.map((figure) => (
        <div key={figure.key} className={styles.figure}>
          <dt>
            {title(figure.key)}
            <Definition
              of={title(figure.key)} text={t(textKey(HELP_TEXTS, figure.key))}
            />
          </dt>
          <dd>
            {figure.value === null ? <span className="faint">—</span> : (
              <Link className={styles.value} to={recordsOf(figure.key, account)}>
                {figure.key === 'contacts'
                  ? <span className="tabular">{figure.value}</span>
                  : <Amount value={figure.value} />}
              </Link>
            )}
            <Sparkline months={figure.months} label={title(figure.key)} />
            <span className={styles.note}>
              {figure.note !== null && Number(figure.note) > 0 && (
                <b className={styles.late}>
                  {t('dossier.overdue')} <Amount value={figure.note} />
                </b>
              )}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
