import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { cancelPack, packFileUrl } from '../api/cards';
import type { CardPack } from '../api/types';
import { useFormat } from '../format/use-format';
import { Note } from '../kit/note';
import { TimeAgo } from '../kit/time-ago';
import { useNotice } from '../kit/use-notice';
import { isOpenPack, megabytes, packPace } from './pack.rules';
import { useMarketAction } from './use-market-action';
import { May } from '../session/may';

/** A print file: how far it is, how long it will take, and the file once every code on it was decoded again. */
export function PackCard({ pack }: { readonly pack: CardPack }) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = t('card.pack', {
    layout: t(`packLayout.${pack.layout}`),
    count: pack.total,
    total: format.count(pack.total),
  });
  return (
    <div className="pack-card">
      <div className="row-apart">
        <h3>{title}</h3>
        <span className="soft">
          {t(`packState.${pack.state}`)} · <TimeAgo instant={pack.finishedAt ?? pack.requestedAt} />
        </span>
      </div>
      {isOpenPack(pack) && <PackProgress pack={pack} />}
      {pack.state === 'done' && (
        <div className="row">
          <Button
            type="primary"
            icon={<DownloadOutlined aria-hidden />}
            href={packFileUrl(pack.id)}
            target="_blank"
            rel="noopener"
          >
            {t('card.download', { size: format.decimal(megabytes(pack.byteCount ?? '0')) })}
          </Button>
          <span className="soft">{t('card.checked')}</span>
        </div>
      )}
      {pack.state === 'failed' && (
        <Note tone="alarm" title={t('card.packFailed')}>
          <p>{pack.errorDetail ?? pack.errorCode}</p>
        </Note>
      )}
    </div>
  );
}

function PackProgress({ pack }: { readonly pack: CardPack }) {
  const { t } = useTranslation();
  const format = useFormat();
  const notice = useNotice();
  const cancel = useMarketAction(
    () => cancelPack(pack.id),
    () => undefined,
  );
  const pace = packPace(pack, new Date());
  return (
    <>
      <Progress
        percent={Math.floor((pack.done * 100) / Math.max(1, pack.total))}
        status="active"
        aria-label={t('card.printTitle')}
      />
      <div className="row-apart">
        <span role="status">
          {t(pack.phase === 'checking' ? 'card.checking' : 'card.drawing', {
            done: format.count(pack.done),
            total: format.count(pack.total),
          })}
          {pace &&
            ` · ${t('card.pace', { rate: format.count(Math.round(pace.perSecond)), seconds: format.count(pace.remainingSeconds) })}`}
        </span>
        <May do="card.print">
          <Button
            size="small"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(undefined, { onError: notice.problem })}
          >
            {t('card.cancel')}
          </Button>
        </May>
      </div>
      <p className="soft">{t('card.mayLeave')}</p>
    </>
  );
}
