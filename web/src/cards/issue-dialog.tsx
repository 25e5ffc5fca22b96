import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { cardUrl, codePictureUrl } from '../api/cards';
import type { QrIssue } from '../api/types';
import { formatDay } from '../format/day';
import { Dialog } from '../kit/dialog';
import { Facts } from '../kit/facts';

/** The code as it is printed, and what its card says. */
export function IssueDialog({ issue, onClose }: { readonly issue: QrIssue; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={`${issue.stallNumber} · ${issue.serial}`} onClose={onClose}>
      <div className="issue-picture">
        <img
          src={codePictureUrl(issue.serial)}
          alt={t('card.picture', { stall: issue.stallNumber, vendor: issue.vendorName })}
        />
      </div>
      <Facts
        facts={[
          { name: t('stall.vendor'), value: issue.vendorName },
          { name: t('stall.account'), value: `${issue.bankName} ${issue.accountMasked}` },
          { name: t('card.issueNo'), value: issue.issueNo },
          { name: t('card.issuedOn'), value: formatDay(issue.issuedOn) },
        ]}
      />
      <div className="dialog-actions">
        <Button href={cardUrl(issue.serial)} target="_blank" rel="noopener">
          {t('card.openCard')}
        </Button>
        <Button type="primary" onClick={onClose}>
          {t('app.close')}
        </Button>
      </div>
    </Dialog>
  );
}
