import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { readSubmission } from '../api/submissions';
import type { Submission } from '../api/types';
import { formatDay, formatInstant } from '../format/day';
import { useFormat } from '../format/use-format';
import { Facts } from '../kit/facts';
import { Note } from '../kit/note';
import { Page } from '../kit/page';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';
import { ControlTotals } from './control-totals';
import { SubmissionLines } from './submission-lines';
import { SubmissionProblems } from './submission-problems';
import { SubmissionStateTag } from './submission-state-tag';

const POLL_MS = 2_000;

/** One bank's report of one day: what was sent, what became of it, what is wrong with it. */
export function SubmissionPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['submission', id],
    queryFn: () => readSubmission(id),
    refetchInterval: ({ state }) => (isOpen(state.data) ? POLL_MS : false),
  });
  const submission = query.data;
  return (
    <Page
      title={submission?.reference ?? t('submission.one')}
      crumbs={[{ title: t('nav.submissions'), to: '/submissions' }]}
      tags={submission && <SubmissionStateTag state={submission.state} />}
      lead={submission && `${submission.bankName} · ${formatDay(submission.businessDate)}`}
    >
      <QueryView query={query} lines={12}>
        {(data) => (
          <div className="stack">
            <Verdict submission={data} />
            {data.declared && data.buckets && <ControlTotals declared={data.declared} buckets={data.buckets} />}
            {data.problemCount > 0 && <SubmissionProblems id={data.id} count={data.problemCount} />}
            <Section title={t('submission.facts')}>
              <SubmissionFacts submission={data} />
            </Section>
            {data.buckets && <SubmissionLines id={data.id} />}
          </div>
        )}
      </QueryView>
    </Page>
  );
}

function isOpen(submission: Submission | undefined): boolean {
  return submission?.state === 'RECEIVED' || submission?.state === 'PROCESSING';
}

interface Props {
  readonly submission: Submission;
}

/** What the state means for the totals, in a sentence. */
function Verdict({ submission }: Props) {
  const { t } = useTranslation();
  if (submission.state === 'ACCEPTED') return null;
  const tone = submission.state === 'REJECTED' ? 'alarm' : submission.heldAt ? 'attention' : 'plain';
  return (
    <Note tone={tone} title={t(`submission.verdict.${submission.heldAt ? 'held' : submission.state}`)}>
      {submission.supersededBy && (
        <p>
          <Link to={`/submissions/${submission.supersededBy}`}>{t('submission.toNewer')}</Link>
        </p>
      )}
    </Note>
  );
}

function SubmissionFacts({ submission }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const at = (instant: string | null) => instant && formatInstant(instant);
  const ended = [
    { name: t('submission.acceptedAt'), value: at(submission.acceptedAt) },
    { name: t('submission.rejectedAt'), value: at(submission.rejectedAt) },
    { name: t('submission.supersededAt'), value: at(submission.supersededAt) },
  ].filter((fact) => fact.value);
  return (
    <Facts
      facts={[
        { name: t('submission.bank'), value: `${submission.bankName} (${submission.bankBin})` },
        { name: t('submission.businessDate'), value: formatDay(submission.businessDate) },
        { name: t('submission.part'), value: submission.part },
        { name: t('submission.revision'), value: submission.revision },
        {
          name: t('submission.granularity'),
          value: t(submission.granularity === 'market' ? 'submission.byMarket' : 'submission.byStall'),
        },
        { name: t('submission.format'), value: submission.format },
        { name: t('submission.receivedAt'), value: at(submission.receivedAt) },
        ...ended,
        { name: t('submission.bodyLineCount'), value: format.count(submission.bodyLineCount) },
        { name: t('submission.byteCount'), value: `${format.count(submission.byteCount)} byte` },
        { name: 'SHA-256', value: submission.sha256 },
      ]}
    />
  );
}
