/** Calendar dates are "2026-11-21" strings; arithmetic goes through UTC and knows no zone. */
export function addDays(date: string, days: number): string {
  const time = new Date(`${date}T00:00:00Z`);
  time.setUTCDate(time.getUTCDate() + days);
  return time.toISOString().slice(0, 10);
}

export function addMonths(date: string, months: number): string {
  const time = new Date(`${date}T00:00:00Z`);
  const day = time.getUTCDate();
  time.setUTCDate(1);
  time.setUTCMonth(time.getUTCMonth() + months);
  const last = new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 0)).getUTCDate();
  time.setUTCDate(Math.min(day, last));
  return time.toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export function isDate(text: string | null | undefined): text is string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') && !Number.isNaN(Date.parse(text ?? ''));
}

/** Today's date in the workspace's time zone. */
export function todayIn(timeZone: string): string {
  return partsIn(new Date(), timeZone).slice(0, 10);
}

/** "2026-11-21 09:30" in the workspace's time zone. */
export function formatDateTime(instant: string, timeZone: string): string {
  const time = new Date(instant);
  if (Number.isNaN(time.getTime())) return instant;
  return partsIn(time, timeZone);
}

function partsIn(time: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone, year: 'numeric', month: '2-digit', day: '2-digit',
    hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });
  return format.format(time);
}

/** "2026-11-21T09:30:00" on the clocks of a time zone → the instant in UTC. */
export function fromZoned(local: string, timeZone: string): string {
  const wanted = Date.parse(`${local}Z`);
  let time = wanted;
  // The offset is the one at the instant itself, which the first guess may miss near a change.
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${partsIn(new Date(time), timeZone).replace(' ', 'T')}:00Z`);
    time += Math.floor(wanted / 60_000) * 60_000 - shown;
  }
  return new Date(time + (wanted % 60_000) - (time % 60_000)).toISOString();
}
