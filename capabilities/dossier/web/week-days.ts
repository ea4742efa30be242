import type { Settings } from '@/api/settings';
import { addDays } from '@/lib/dates';
import type { Row, Week } from './dossier-api';
import { fieldText } from './dossier-api';

type Calendar = NonNullable<Settings['working_calendar']>;

/** A day of the plan: whether people work, why it differs from the week, and who stands still. */
export type PlanDay = Readonly<{
  day: string;
  works: boolean;
  mark: 'holiday' | 'working' | null;
  name: string;
  shutdowns: readonly Row[];
}>;

const DAYS = 7;
const EVERY_DAY: Calendar = {};

/** 1 is Monday. */
function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || DAYS;
}

/** The days of a week by the working calendar; without one each is a working day. */
export function planDays(week: Week, calendar: Calendar = EVERY_DAY): readonly PlanDay[] {
  return Array.from({ length: DAYS }, (_, at) => {
    const day = addDays(week.from, at);
    const span = calendar.days?.find(({ from, until }) => from <= day && day <= until);
    return {
      day,
      works: span ? span.kind === 'working' : !calendar.weekend?.includes(weekdayOf(day)),
      mark: span?.kind ?? null,
      name: span?.name ?? '',
      shutdowns: week.shutdowns.filter((shutdown) => (
        fieldText(shutdown, 'starts_on') <= day && day <= fieldText(shutdown, 'ends_on')
      )),
    };
  });
}

/** Why the account stands still that day. */
export function shutdownOf(day: PlanDay | undefined, account: string): Row | undefined {
  return day?.shutdowns.find((shutdown) => fieldText(shutdown, 'account') === account);
}
