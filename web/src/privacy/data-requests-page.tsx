import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type DataRequest, listDataRequests, REQUEST_STATES } from '../api/privacy';
import { usePages } from '../api/use-pages';
import { formatDay } from '../format/day';
import { useFormat } from '../format/use-format';
import { ChoiceField } from '../kit/choice-field';
import { type Column, DataTable } from '../kit/data-table';
import { EmptyNote } from '../kit/empty-note';
import { ListView } from '../kit/list-view';
import { Page } from '../kit/page';
import { useUrlState } from '../kit/use-url-state';
import { May } from '../session/may';
import { AnswerDialog } from './answer-dialog';
import { HolidaysSection } from './holidays-section';
import { RecordRequestDialog } from './record-request-dialog';
import './privacy.css';
import { RequestClockTag } from './request-clock-tag';

/** What persons ask about their data; what falls due first stands first. */
export function DataRequestsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { oneOf, set } = useUrlState();
  const filters = { state: oneOf('state', REQUEST_STATES) };
  const pages = usePages(['data-requests'], listDataRequests, filters);
  const [isRecording, setRecording] = useState(false);
  const [answering, setAnswering] = useState<DataRequest | null>(null);
  return (
    <Page
      title={t('nav.dataRequests')}
      lead={t('privacy.lead')}
      actions={
        <May do="data_request.write">
          <Button type="primary" onClick={() => setRecording(true)}>
            {t('privacy.record')}
          </Button>
        </May>
      }
    >
      <div className="toolbar no-print" role="search" aria-label={t('privacy.filter')}>
        <ChoiceField
          label={t('privacy.state')}
          all={t('list.all')}
          value={filters.state}
          options={REQUEST_STATES.map((value) => ({ value, label: t(`privacy.states.${value}`) }))}
          onChange={(state) => set({ state })}
        />
      </div>
      <ListView
        pages={pages}
        count={t('privacy.count', { count: pages.total, total: format.count(pages.total) })}
        empty={<EmptyNote title={t('privacy.emptyTitle')}>{t('privacy.emptyText')}</EmptyNote>}
      >
        <DataTable
          caption={t('nav.dataRequests')}
          columns={useColumns(setAnswering)}
          rows={pages.rows}
          rowKey={(request) => request.id}
          isStale={pages.isStale}
        />
      </ListView>
      <div className="holidays">
        <HolidaysSection />
      </div>
      {isRecording && <RecordRequestDialog onClose={() => setRecording(false)} />}
      {answering && <AnswerDialog request={answering} onClose={() => setAnswering(null)} />}
    </Page>
  );
}

function useColumns(onAnswer: (request: DataRequest) => void): Column<DataRequest>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'subject',
      title: t('privacy.subject'),
      rowHeader: true,
      render: ({ vendorId, subjectName }) =>
        vendorId ? <Link to={`/vendors/${vendorId}`}>{subjectName}</Link> : subjectName,
    },
    {
      key: 'kind',
      title: t('privacy.kind'),
      render: ({ kind, details }) => (
        <>
          {t(`privacy.kinds.${kind}`)}
          <div className="soft">{details}</div>
        </>
      ),
    },
    {
      key: 'received',
      title: t('privacy.received'),
      render: ({ receivedOn, receivedHow }) => (
        <>
          {formatDay(receivedOn)}
          <div className="soft">{t(`privacy.how.${receivedHow}`)}</div>
        </>
      ),
    },
    { key: 'due', title: t('privacy.due'), render: ({ dueOn }) => formatDay(dueOn) },
    { key: 'clock', title: t('privacy.clockTitle'), render: (request) => <RequestClockTag request={request} /> },
    {
      key: 'answer',
      title: t('privacy.answer'),
      render: (request) =>
        request.answeredOn ? (
          <>
            {t(`privacy.states.${request.state}`)}, {formatDay(request.answeredOn)}
            <div className="soft">{request.answer}</div>
          </>
        ) : (
          <May do="data_request.write">
            <Button size="small" onClick={() => onAnswer(request)}>
              {t('privacy.doAnswer')}
            </Button>
          </May>
        ),
    },
  ];
}
