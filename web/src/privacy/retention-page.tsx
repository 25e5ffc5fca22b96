import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { purge, readRetention, type RetentionRule, setRetention } from '../api/privacy';
import { formatDay } from '../format/day';
import { useFormat } from '../format/use-format';
import { ConfirmDialog } from '../kit/confirm-dialog';
import { type Column, DataTable } from '../kit/data-table';
import { Page } from '../kit/page';
import { QueryView } from '../kit/query-view';
import { useNotice } from '../kit/use-notice';

const MIN_DAYS = 30;
const MAX_DAYS = 36_500;

/** For how long what is kept, what is due today, and the button that removes it. */
export function RetentionPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery({ queryKey: ['retention'], queryFn: readRetention });
  const [purging, setPurging] = useState<RetentionRule | null>(null);
  const columns: Column<RetentionRule>[] = [
    {
      key: 'rule',
      title: t('retention.rule'),
      rowHeader: true,
      render: ({ rule }) => (
        <>
          {t(`retention.rules.${rule}`)}
          <div className="soft">{t(`retention.effects.${rule}`)}</div>
        </>
      ),
    },
    { key: 'days', title: t('retention.days'), render: (rule) => <DaysField rule={rule} key={rule.days} /> },
    { key: 'older', title: t('retention.olderThan'), render: ({ olderThan }) => formatDay(olderThan) },
    { key: 'due', title: t('retention.due'), numeric: true, render: ({ due }) => format.count(due) },
    {
      key: 'purge',
      title: t('privacy.change'),
      render: (rule) =>
        rule.due > 0 && (
          <Button size="small" danger onClick={() => setPurging(rule)}>
            {t('retention.purge')}
          </Button>
        ),
    },
  ];
  return (
    <Page title={t('nav.retention')} lead={t('retention.lead')}>
      <QueryView query={query} lines={6}>
        {({ rules }) => (
          <DataTable caption={t('nav.retention')} columns={columns} rows={rules} rowKey={({ rule }) => rule} />
        )}
      </QueryView>
      {purging && <PurgeDialog rule={purging} onClose={() => setPurging(null)} />}
    </Page>
  );
}

function DaysField({ rule }: { readonly rule: RetentionRule }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const notice = useNotice();
  const [days, setDays] = useState<number | null>(rule.days);
  const save = useMutation({
    mutationFn: (wanted: number) => setRetention(rule.rule, wanted),
    onSuccess: () => client.invalidateQueries({ queryKey: ['retention'] }),
    onError: notice.problem,
  });
  return (
    <div className="row">
      <InputNumber
        aria-label={`${t(`retention.rules.${rule.rule}`)}: ${t('retention.days')}`}
        min={MIN_DAYS}
        max={MAX_DAYS}
        precision={0}
        value={days}
        onChange={setDays}
      />
      {days !== null && days !== rule.days && (
        <Button size="small" loading={save.isPending} onClick={() => save.mutate(days)}>
          {t('edit.save')}
        </Button>
      )}
    </div>
  );
}

interface PurgeDialogProps {
  readonly rule: RetentionRule;
  readonly onClose: () => void;
}

function PurgeDialog({ rule, onClose }: PurgeDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const notice = useNotice();
  const remove = useMutation({
    mutationFn: () => purge(rule.rule, rule.due),
    onSuccess: ({ purged }) => {
      void client.invalidateQueries({ queryKey: ['retention'] });
      notice.done(t('retention.purged', { count: purged, total: format.count(purged) }));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t('retention.purgeTitle', { rule: t(`retention.rules.${rule.rule}`) })}
      action={t('retention.purge')}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>
        {t('retention.purgeText', {
          count: rule.due,
          total: format.count(rule.due),
          effect: t(`retention.effects.${rule.rule}`),
        })}
      </p>
    </ConfirmDialog>
  );
}
