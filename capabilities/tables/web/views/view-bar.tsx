import { Button, Dropdown } from 'antd';
import { Ellipsis, Lock, Plus, User } from 'lucide-react';
import { useState } from 'react';
import { labelOf } from '@/api/meta';
import type { ObjectMeta } from '@/api/types';
import { useText } from '@/i18n/use-text';
import styles from '../toolbar/toolbar.module.css';
import { VIEW_KINDS } from './definition';
import type { ViewKind } from './definition';
import { KIND_ICONS, KIND_TEXTS } from './kinds';
import { useViewActions } from './use-view-actions';
import type { OpenView } from './use-view';
import { ViewDialog } from './view-dialog';
import type { View } from './views-api';

type Props = Readonly<{ object: ObjectMeta; view: OpenView; kinds?: readonly ViewKind[] }>;

/** The views of a table as tabs, and what can be done with the open one. */
export function ViewBar({ object, view, kinds = VIEW_KINDS }: Props) {
  const { t, language } = useText();
  const actions = useViewActions(object, view);
  const [dialog, setDialog] = useState<'create' | 'settings' | null>(null);
  const name = labelOf(object.label, language, object.api_name);
  const saveAs = () => {
    setDialog('create');
  };
  return (
    <div className={styles.views}>
      <div className={styles.tabs} role="group" aria-label={t('view.all')}>
        <Tab
          name={name} kind={view.saved ? 'grid' : view.kind} open={view.saved === null}
          onOpen={() => {
            view.open(null);
          }}
        />
        {view.views.map((one) => (
          <Tab
            key={one.id} name={one.name} view={one} open={view.saved?.id === one.id}
            kind={view.saved?.id === one.id ? view.kind : one.kind}
            onOpen={() => {
              view.open(one);
            }}
          />
        ))}
      </div>
      <KindMenu view={view} kinds={kinds} />
      <ChangedButtons view={view} actions={actions} onSaveAs={saveAs} />
      {view.saved && (
        <SavedMenu
          view={view} onSaveAs={saveAs} onRemove={() => void actions.remove()}
          onSettings={() => {
            setDialog('settings');
          }}
        />
      )}
      {dialog && (
        <ViewDialog
          view={dialog === 'settings' ? view.saved : null}
          onSave={dialog === 'settings' ? actions.rename : actions.create}
          onClose={() => {
            setDialog(null);
          }}
        />
      )}
    </div>
  );
}

type TabProps = Readonly<{
  name: string; kind: ViewKind; view?: View; open: boolean; onOpen: () => void;
}>;

function Tab({ name, kind, view, open, onOpen }: TabProps) {
  const { t } = useText();
  const Icon = KIND_ICONS[kind];
  return (
    <button
      type="button" className={open ? styles.tabOpen : styles.tab} aria-pressed={open}
      onClick={onOpen}
    >
      <Icon size={15} aria-hidden />
      {name}
      {view?.scope === 'locked' && <Lock size={12} aria-label={t('view.locked')} />}
      {view?.scope === 'personal' && <User size={12} aria-label={t('view.personal')} />}
    </button>
  );
}

function KindMenu({ view, kinds }: Readonly<{ view: OpenView; kinds: readonly ViewKind[] }>) {
  const { t } = useText();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: [view.kind],
        items: kinds.map((kind) => {
          const Icon = KIND_ICONS[kind];
          return { key: kind, icon: <Icon size={15} />, label: t(KIND_TEXTS[kind]) };
        }),
        onClick: ({ key }) => {
          view.openKind(key as ViewKind);
        },
      }}
    >
      <Button type="text" icon={<Plus size={15} />} aria-label={t('view.show_as')}>
        {t('view.show_as')}
      </Button>
    </Dropdown>
  );
}

type ChangedProps = Readonly<{
  view: OpenView; actions: ReturnType<typeof useViewActions>; onSaveAs: () => void;
}>;

function ChangedButtons({ view, actions, onSaveAs }: ChangedProps) {
  const { t } = useText();
  if (!view.changed) return null;
  return (
    <>
      {view.mayChange && (
        <Button size="small" type="primary" onClick={() => void actions.save()}>
          {t('view.save')}
        </Button>
      )}
      <Button size="small" type={view.mayChange ? 'text' : 'default'} onClick={onSaveAs}>
        {t('view.save_as')}
      </Button>
      <Button size="small" type="text" onClick={view.discard}>{t('view.discard')}</Button>
    </>
  );
}

type SavedProps = Readonly<{
  view: OpenView; onSettings: () => void; onSaveAs: () => void; onRemove: () => void;
}>;

function SavedMenu({ view, onSettings, onSaveAs, onRemove }: SavedProps) {
  const { t } = useText();
  const perform: Readonly<Record<string, () => void>> = {
    settings: onSettings, copy: onSaveAs, delete: onRemove,
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'settings', label: t('view.settings'), disabled: !view.mayChange },
          { key: 'copy', label: t('view.copy') },
          { key: 'delete', label: t('action.delete'), danger: true, disabled: !view.mayChange },
        ],
        onClick: ({ key }) => {
          perform[key]?.();
        },
      }}
    >
      <Button type="text" size="small" aria-label={t('view.more')} icon={<Ellipsis size={15} />} />
    </Dropdown>
  );
}
