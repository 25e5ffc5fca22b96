import { useTranslation } from 'react-i18next';
import { Page } from '../kit/page';
import { VendorList } from './vendor-list';

export function VendorsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('nav.vendors')} lead={t('vendor.lead')}>
      <VendorList />
    </Page>
  );
}
