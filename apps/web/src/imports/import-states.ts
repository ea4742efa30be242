import type { ImportState } from './import-api';

export const IMPORT_STATES: Readonly<Record<ImportState, string>> = {
  uploaded: 'import.state.uploaded',
  planning: 'import.state.planning',
  planned: 'import.state.planned',
  running: 'import.state.running',
  done: 'import.state.done',
  failed: 'import.state.failed',
  cancelled: 'import.state.cancelled',
  reverted: 'import.state.reverted',
};
