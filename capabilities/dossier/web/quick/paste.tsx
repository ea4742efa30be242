import { Button, Input } from 'antd';
import { useState } from 'react';
import { labelOf, useMeta } from '@/api/meta';
import type { Fields, ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import CreateDrawer from '@/records/create-drawer';
import { useDraft } from '@/ui/draft';
import styles from '../dossier.module.css';
import { MOST_CHARACTERS, recognise } from './recognise';
import type { Part, Recognised } from './recognise';

const TEXT_ROWS = { minRows: 4, maxRows: 10 };

const PART_TEXTS: Readonly<Record<Part, string>> = {
  name: 'dossier.part_name', salutation: 'dossier.part_salutation', title: 'dossier.part_title',
  mobile: 'dossier.part_mobile', landline: 'dossier.part_landline', email: 'dossier.part_email',
  company: 'dossier.part_company', province: 'dossier.part_province', city: 'dossier.part_city',
  address: 'dossier.part_address', taxNumber: 'dossier.part_tax_number', bank: 'dossier.part_bank',
  bankAccount: 'dossier.part_bank_account',
};

type Target = Readonly<{
  object: string;
  /** Field of the record → part of the text, or the first of them that was found. */
  fields: Readonly<Record<string, readonly Part[]>>;
  /** Without one of these there is nothing to make. */
  needs: readonly Part[];
}>;

const TARGETS: readonly Target[] = [
  {
    object: 'contact', needs: ['name', 'mobile', 'email'],
    fields: {
      name: ['name'], salutation: ['salutation'], title: ['title'], phone: ['mobile', 'landline'],
      email: ['email'],
    },
  },
  {
    object: 'account_site', needs: ['address'],
    fields: {
      province: ['province'], city: ['city'], address: ['address'], receiver: ['name'],
      phone: ['landline', 'mobile'],
    },
  },
  {
    object: 'billing_profile', needs: ['taxNumber', 'bankAccount'],
    fields: {
      title: ['company'], tax_number: ['taxNumber'], bank: ['bank'], bank_account: ['bankAccount'],
      address: ['address'], phone: ['landline', 'mobile'],
    },
  },
];

function filled(target: Target, found: Recognised): Fields {
  const values = Object.entries(target.fields).map(([field, parts]) => (
    [field, parts.map((part) => found[part]).find((value) => value !== undefined)] as const
  ));
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Fields;
}

/** A copied text, what can be told from it, and the records that it may become. */
export function Paste({ account }: Readonly<{ account: string }>) {
  const { t } = useText();
  const [text, setText] = useDraft('quick.paste', '');
  const found = recognise(text);
  const parts = Object.entries(found) as [Part, string][];
  return (
    <div className={styles.report}>
      <Input.TextArea
        aria-label={t('dossier.paste_here')} placeholder={t('dossier.paste_here')}
        autoSize={TEXT_ROWS} maxLength={MOST_CHARACTERS} value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      {text !== '' && parts.length === 0 && <p className="faint">{t('dossier.paste_nothing')}</p>}
      {parts.length > 0 && (
        <dl className={styles.parts}>
          {parts.map(([part, value]) => (
            <div key={part}>
              <dt>{t(PART_TEXTS[part])}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Makers found={found} account={account} />
    </div>
  );
}

/** Nothing is stored before the person has looked at the form. */
function Makers({ found, account }: Readonly<{ found: Recognised; account: string }>) {
  const { t, language } = useText();
  const { objects } = useMeta();
  const [making, setMaking] = useState<Readonly<{ target: Target; object: ObjectMeta }> | null>(
    null,
  );
  const possible = TARGETS.flatMap((target) => {
    const object = objects.find(({ api_name }) => api_name === target.object);
    const asked = target.needs.some((part) => found[part] !== undefined);
    return object?.rights.create && asked ? [{ target, object }] : [];
  });
  return (
    <div className={styles.dates}>
      {possible.map(({ target, object }) => (
        <Button
          key={target.object}
          onClick={() => {
            setMaking({ target, object });
          }}
        >
          {t('record.new', { object: labelOf(object.label, language, object.api_name) })}
        </Button>
      ))}
      {making && (
        <CreateDrawer
          object={making.object} names={['account', ...Object.keys(making.target.fields)]}
          given={{ ...filled(making.target, found), ...(account === '' ? {} : { account }) }}
          onClose={() => {
            setMaking(null);
          }}
          onMade={() => {
            setMaking(null);
          }}
        />
      )}
    </div>
  );
}
