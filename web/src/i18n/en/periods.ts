import type { Dictionary } from '../dictionary';
import type { periods as vi } from '../vi/periods';

export const periods: Dictionary<typeof vi> = {
  closing: {
    action: 'Close figures',
    title: 'Close the figures of a month',
    calendar: 'How months are counted',
    calendars: {
      administrative: 'Reporting month (from the 15th of the month before to the 14th)',
      calendar: 'Calendar month',
    },
    month: 'Month',
    note: 'Note (optional)',
    text: 'The figures of {{days}} become final. From then on a bank’s correction or late file waits for approval; every other change stands as a restatement.',
    done: 'The figures of {{days}} are closed.',
    closed: '{{month}} closed ({{days}}) · {{name}}, {{at}}',
  },
};
