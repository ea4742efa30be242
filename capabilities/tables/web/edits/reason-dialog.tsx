import { Input, Modal } from 'antd';
import { useState, useSyncExternalStore } from 'react';
import { useText } from '@/i18n/use-text';
import { reasonQuestion } from './ask-reason';

/** Asks for the reason that a change of an important field needs. */
export function ReasonDialog() {
  const { t } = useText();
  const question = useSyncExternalStore(reasonQuestion.subscribe, reasonQuestion.get);
  const [text, setText] = useState('');
  if (!question) return null;
  const answer = (reason: string | null) => {
    setText('');
    question.answer(reason);
  };
  return (
    <Modal
      open title={t('tables.reason_title')} okText={t('action.save')}
      cancelText={t('action.cancel')} okButtonProps={{ disabled: text.trim() === '' }}
      onOk={() => {
        answer(text.trim());
      }}
      onCancel={() => {
        answer(null);
      }}
    >
      <Input
        autoFocus aria-label={t('record.reason')} placeholder={t('record.reason')} value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onPressEnter={(event) => {
          if (!event.nativeEvent.isComposing && text.trim() !== '') answer(text.trim());
        }}
      />
    </Modal>
  );
}
