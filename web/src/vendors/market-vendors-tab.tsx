import { useOutletContext } from 'react-router';
import type { Market } from '../api/types';
import { VendorList } from './vendor-list';

export function MarketVendorsTab() {
  const market = useOutletContext<Market>();
  return <VendorList marketCode={market.code} />;
}
