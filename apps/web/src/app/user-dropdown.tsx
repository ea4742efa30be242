import { Dropdown } from 'antd';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useOwnActions } from './user-menu';

export default function UserDropdown({ children }: Readonly<{ children: ReactElement }>) {
  const actions = useOwnActions();
  const [open, setOpen] = useState(true);
  const items = actions.map(({ id, icon: Icon, label, perform }) => ({
    key: id, label, icon: <Icon size={15} aria-hidden />, onClick: perform,
  }));
  return (
    <Dropdown
      menu={{ items }} trigger={['click']} placement="topLeft" open={open} onOpenChange={setOpen}
    >
      {children}
    </Dropdown>
  );
}
