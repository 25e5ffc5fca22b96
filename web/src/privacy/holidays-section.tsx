import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addHoliday, type Holiday, listHolidays, removeHoliday } from '../api/privacy';
import { dayOf, formatDay } from '../format/day';
import { type Column, DataTable } from '../kit/data-table';
import { DayField } from '../kit/day-field';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';
import { useNotice } from '../kit/use-notice';
import { May } from '../session/may';

/** Days that do not count as working days, besides Saturdays and Sundays. */
export function HolidaysSection() {
  const { t } = useTranslation();
  const [year] = useState(() => dayOf(new Date()).slice(0, 4));
  const query = useQuery({ queryKey: ['holidays', year], queryFn: () => listHolidays(year) });
  const remove = useHolidayChange((day: string) => removeHoliday(day));
  const columns: Column<Holiday>[] = [
    { key: 'day', title: t('privacy.day'), rowHeader: true, render: ({ day }) => formatDay(day) },
    { key: 'name', title: t('privacy.holidayName'), render: ({ name }) => name },
    {
      key: 'remove',
      title: t('privacy.change'),
      render: ({ day }) => (
        <May do="data_request.write">
          <Button
            size="small"
            loading={remove.isPending && remove.variables === day}
            onClick={() => remove.mutate(day)}
          >
            {t('privacy.remove')}
          </Button>
        </May>
      ),
    },
  ];
  return (
    <Section title={t('privacy.holidays', { year })}>
      <p className="soft">{t('privacy.holidaysText')}</p>
      <QueryView query={query} lines={4}>
        {({ items }) => (
          <DataTable
            caption={t('privacy.holidays', { year })}
            columns={columns}
            rows={items}
            rowKey={({ day }) => day}
          />
        )}
      </QueryView>
      <May do="data_request.write">
        <AddHoliday />
      </May>
    </Section>
  );
}

function AddHoliday() {
  const { t } = useTranslation();
  const [form] = Form.useForm<Holiday>();
  const add = useHolidayChange((holiday: Holiday) => addHoliday(holiday));
  return (
    <Form<Holiday>
      form={form}
      layout="inline"
      onFinish={(holiday) => add.mutate(holiday, { onSuccess: () => form.resetFields() })}
    >
      <Form.Item name="day" rules={[{ required: true, message: t('form.required') }]}>
        <DayField aria-label={t('privacy.day')} placeholder={t('privacy.day')} />
      </Form.Item>
      <Form.Item name="name" rules={[{ required: true, whitespace: true, message: t('form.required') }]}>
        <Input maxLength={100} aria-label={t('privacy.holidayName')} placeholder={t('privacy.holidayName')} />
      </Form.Item>
      <Button htmlType="submit" loading={add.isPending}>
        {t('privacy.addHoliday')}
      </Button>
    </Form>
  );
}

function useHolidayChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const notice = useNotice();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ['holidays'] }),
    onError: notice.problem,
  });
}
