import { useTranslation } from 'react-i18next';
import { listApprovals, listOwnApprovals } from '../api/approvals';
import { usePages } from '../api/use-pages';
import { useFormat } from '../format/use-format';
import { Page } from '../kit/page';
import { Section } from '../kit/section';
import { useMay } from '../session/use-session';
import { ApprovalList } from './approval-list';
import './inbox.css';
import { OtherWork } from './other-work';

/** One inbox: what waits for me, what I asked for, and the other things that somebody has to decide. */
export function InboxPage() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Page title={t('nav.inbox')} lead={t('inbox.lead')}>
      <div className="stack">
        {may('approval.decide') && <ForMe />}
        {may('totals.read') && <OtherWork />}
        <Mine />
      </div>
    </Page>
  );
}

function ForMe() {
  const { t } = useTranslation();
  const format = useFormat();
  const pages = usePages(['approvals', 'for-me'], listApprovals, { waiting: 'for_me' as const });
  return (
    <Section title={t('inbox.forMe')}>
      <ApprovalList
        pages={pages}
        count={t('inbox.count', { total: format.count(pages.total) })}
        empty={<p className="soft">{t('inbox.nothingForMe')}</p>}
      />
    </Section>
  );
}

function Mine() {
  const { t } = useTranslation();
  const format = useFormat();
  const pages = usePages(['approvals', 'mine'], listOwnApprovals, {});
  return (
    <Section title={t('inbox.mine')}>
      <ApprovalList
        pages={pages}
        count={t('inbox.count', { total: format.count(pages.total) })}
        empty={<p className="soft">{t('inbox.nothingMine')}</p>}
      />
    </Section>
  );
}
