import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Pages } from '../api/use-pages';
import { useFormat } from '../format/use-format';

/** How many rows are shown of how many, and a way to the next. */
export function MoreLine<Row>({ pages }: { readonly pages: Pages<Row> }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!pages.hasMore) return null;
  return (
    <div className="more-line no-print">
      <Button onClick={pages.loadMore} loading={pages.isLoadingMore}>
        {t('list.more')}
      </Button>
      <span className="soft">
        {t('list.shown', { shown: format.count(pages.rows.length), total: format.count(pages.total) })}
      </span>
    </div>
  );
}
