import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listCodes, type CodesQuery } from '../api/cards';
import type { Market, QrIssue } from '../api/types';
import { usePages } from '../api/use-pages';
import { formatDay } from '../format/day';
import { useFormat } from '../format/use-format';
import { ChoiceField } from '../kit/choice-field';
import { type Column, DataTable } from '../kit/data-table';
import { EmptyNote } from '../kit/empty-note';
import { ListView } from '../kit/list-view';
import { Section } from '../kit/section';
import { useUrlState } from '../kit/use-url-state';
import { IssueDialog } from './issue-dialog';
import { IssueStateTag } from './issue-state-tag';
import { ReissueMarketAction } from './reissue-market-action';
import { May } from '../session/may';

const STATES = ['active', 'retired'] as const;

/** Every code issued at a market, the ended ones too: a printed card can always be traced. */
export function IssueList({ market }: { readonly market: Market }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { oneOf, set } = useUrlState();
  const [open, setOpen] = useState<QrIssue | null>(null);
  const load = useCallback(
    (query: CodesQuery, signal?: AbortSignal) => listCodes(market.code, query, signal),
    [market.code],
  );
  const state = oneOf('qr', STATES);
  const pages = usePages(['issues', market.code], load, { state });
  const columns: Column<QrIssue>[] = [
    { key: 'stall', title: t('stall.number'), render: (issue) => issue.stallNumber },
    { key: 'vendor', title: t('stall.vendor'), render: (issue) => issue.vendorName },
    {
      key: 'account',
      title: t('stall.account'),
      render: (issue) => (
        <>
          {issue.bankName} <span className="code">{issue.accountMasked}</span>
        </>
      ),
    },
    {
      key: 'serial',
      title: t('card.serial'),
      render: (issue) => (
        <button type="button" className="link-button code" onClick={() => setOpen(issue)}>
          {issue.serial}
        </button>
      ),
    },
    { key: 'no', title: t('card.issueNo'), numeric: true, render: (issue) => issue.issueNo },
    { key: 'day', title: t('card.issuedOn'), render: (issue) => formatDay(issue.issuedOn) },
    { key: 'state', title: t('card.state'), render: (issue) => <IssueStateTag issue={issue} /> },
  ];
  return (
    <Section title={t('card.listTitle')}>
      <div className="toolbar no-print">
        <ChoiceField
          label={t('card.state')}
          all={t('list.all')}
          value={state}
          options={STATES.map((value) => ({ value, label: t(`issueState.${value}`) }))}
          onChange={(value) => set({ qr: value })}
        />
        {pages.total > 0 && (
          <May do="code.reissue">
            <div className="pushed">
              <ReissueMarketAction market={market} />
            </div>
          </May>
        )}
      </div>
      <ListView
        pages={pages}
        count={t('card.count', { count: pages.total, total: format.count(pages.total) })}
        empty={<EmptyNote title={t('card.emptyTitle')}>{t('card.emptyText')}</EmptyNote>}
      >
        <DataTable
          caption={t('card.listTitle')}
          columns={columns}
          rows={pages.rows}
          rowKey={(issue) => issue.serial}
          onOpen={setOpen}
          isStale={pages.isStale}
        />
      </ListView>
      {open && <IssueDialog issue={open} onClose={() => setOpen(null)} />}
    </Section>
  );
}
