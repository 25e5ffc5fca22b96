import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { readAuditEntry } from '../api/audit';
import type { AuditEntry } from '../api/types';
import { formatMoment } from '../format/day';
import { useFormat } from '../format/use-format';
import { Facts } from '../kit/facts';
import { Page } from '../kit/page';
import { QueryView } from '../kit/query-view';
import { Section } from '../kit/section';
import { AuditChanges } from './audit-changes';
import { RecordLink } from './record-link';
import { useAuditWords } from './use-audit-words';
import './audit.css';

/** One thing that happened: who, when, where, why, what it changed, and its place in the chain. */
export function AuditEntryPage() {
  const { t } = useTranslation();
  const words = useAuditWords();
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['audit', 'entry', id], queryFn: () => readAuditEntry(id) });
  const entry = query.data;
  return (
    <Page
      title={entry ? words.action(entry.action) : t('audit.one')}
      crumbs={[{ title: t('nav.audit'), to: '/audit' }]}
      lead={entry && `${formatMoment(entry.at)} · ${words.actor(entry.actor)}`}
    >
      <QueryView query={query} lines={10}>
        {(data) => (
          <div className="stack">
            <Section title={t('audit.facts')}>
              <EntryFacts entry={data} />
            </Section>
            <Section title={t('audit.changes')}>
              <AuditChanges entry={data} />
            </Section>
            <Section title={t('audit.chain.title')}>
              <SealFacts seal={data.seal} />
            </Section>
            <More entry={data} />
          </div>
        )}
      </QueryView>
    </Page>
  );
}

interface Props {
  readonly entry: AuditEntry;
}

function EntryFacts({ entry }: Props) {
  const { t } = useTranslation();
  const words = useAuditWords();
  const { actor, subject } = entry;
  return (
    <Facts
      facts={[
        { name: t('audit.at'), value: formatMoment(entry.at) },
        { name: t('audit.actor'), value: words.actor(actor) },
        {
          name: t('audit.subject'),
          value: (
            <>
              {words.subject(subject.type)} <RecordLink subject={subject}>{subject.name ?? subject.id}</RecordLink>
            </>
          ),
        },
        { name: t('audit.reason'), value: entry.reason },
        { name: t('audit.address'), value: entry.address },
        { name: t('audit.traceId'), value: entry.traceId },
        { name: t('audit.actionCode'), value: <span className="code">{entry.action}</span> },
        ...(actor.name ? [{ name: t('audit.actorId'), value: actor.id }] : []),
      ]}
    />
  );
}

function SealFacts({ seal }: Pick<AuditEntry, 'seal'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!seal) return <p className="soft">{t('audit.chain.notYet')}</p>;
  return (
    <Facts
      facts={[
        { name: t('audit.chain.position'), value: format.count(seal.position) },
        { name: t('audit.chain.sealedAt'), value: formatMoment(seal.sealedAt) },
        { name: t('audit.chain.hash'), value: <span className="audit-id">{seal.hash}</span> },
      ]}
    />
  );
}

/** What else happened to the record, and what else the person did. */
function More({ entry: { actor, subject } }: Props) {
  const { t } = useTranslation();
  const ofRecord = new URLSearchParams({ subjectType: subject.type, subjectId: subject.id });
  const ofActor = new URLSearchParams({ actor: actor.id });
  return (
    <p className="row no-print">
      <Link to={`/audit?${ofRecord.toString()}`}>{t('audit.ofRecord')}</Link>
      <Link to={`/audit?${ofActor.toString()}`}>{t('audit.ofActor')}</Link>
    </p>
  );
}
