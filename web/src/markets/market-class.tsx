import { useTranslation } from 'react-i18next';
import WarningOutlined from '@ant-design/icons/WarningOutlined';
import './market-class.css';

interface MarketClassProps {
  readonly official: number | null;
  readonly suggested: number;
  readonly differs: boolean;
}

/** The decided class; where the facts suggest another one, that is shown beside it and never instead. */
export function MarketClass({ official, suggested, differs }: MarketClassProps) {
  const { t } = useTranslation();
  if (official === null) return <span className="soft nowrap">{t('market.classNone', { suggested })}</span>;
  return (
    <span>
      {t('market.classValue', { value: official })}
      {differs && (
        <span className="class-differs">
          <WarningOutlined aria-hidden /> {t('market.classDiffers', { suggested })}
        </span>
      )}
    </span>
  );
}
