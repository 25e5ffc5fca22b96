import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listVendors } from '../api/vendors';

interface VendorFieldProps {
  readonly id?: string;
  readonly value?: string | null;
  readonly onChange?: (id: string | null) => void;
  /** The chosen vendor's name, for the field that asks for it. */
  readonly onName: (name: string) => void;
}

const HITS = 10;

/** Finds a vendor by name, or by a whole ID, phone or account number; nobody may be chosen too. */
export function VendorField({ id, value, onChange, onName }: VendorFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { data } = useQuery({
    queryKey: ['vendors', 'field', text],
    enabled: text.trim().length > 1,
    queryFn: ({ signal }) => listVendors({ q: text.trim(), limit: HITS }, signal),
  });
  const options = (data?.items ?? []).map((vendor) => ({
    value: vendor.id,
    label: [vendor.fullName, ...vendor.stalls.slice(0, 1).map((stall) => `${stall.number}, ${stall.marketName}`)].join(
      ' · ',
    ),
    name: vendor.fullName,
  }));
  return (
    <Select
      id={id}
      allowClear
      value={value ?? undefined}
      placeholder={t('privacy.vendorHint')}
      showSearch={{ filterOption: false, onSearch: setText }}
      notFoundContent={null}
      options={options}
      onChange={(chosen: string | undefined, option) => {
        onChange?.(chosen ?? null);
        if (option && !Array.isArray(option)) onName(option.name);
      }}
    />
  );
}
