import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { navigation } from './features';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const MODIFIER = isMac ? '⌘' : 'Ctrl';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement
    && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** The keys of the whole product. A key pressed inside a composition is never a shortcut. */
export function useShortcuts(open: (dialog: 'palette' | 'help') => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    let afterG = false;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        open('palette');
        return;
      }
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '?') open('help');
      if (event.key === '/') {
        event.preventDefault();
        open('palette');
      }
      const place = afterG ? navigation[Number(event.key) - 1] : undefined;
      if (place) void navigate(place.path);
      afterG = event.key === 'g';
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [navigate, open]);
}
