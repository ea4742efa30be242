import { useState } from 'react';
import type { DragEvent } from 'react';

/**
 * Something that is dropped upon. Spread `handlers` on the element; `over` says that what would be
 * taken is above it.
 */
export function useDropTarget(accepts: boolean, onDrop: (event: DragEvent) => void) {
  const [entered, setEntered] = useState(false);
  return {
    over: entered && accepts,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!accepts) return;
        event.preventDefault();
        setEntered(true);
      },
      onDragLeave: () => {
        setEntered(false);
      },
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        setEntered(false);
        onDrop(event);
      },
    },
  };
}
