import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listCommunes } from '../api/markets';
import { useSession } from '../session/use-session';

interface CommuneFieldProps {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (code: string) => void;
  /** Of the value the form starts with: it may not be among the first that the server names. */
  readonly startName?: string | null;
}

/** A commune of the province, found by name without accents or by its code; the server does the finding. */
export function CommuneField({ id, value, onChange, startName }: CommuneFieldProps) {
  const { t } = useTranslation();
  const session = useSession();
  const [text, setText] = useState('');
  const provinceCode = session.data?.province?.code;
  const query = useQuery({
    queryKey: ['communes', provinceCode, text],
    queryFn: ({ signal }) => listCommunes({ provinceCode, q: text || undefined, limit: 50 }, signal),
    placeholderData: (previous) => previous,
  });
  const [start] = useState(value);
  const found = (query.data?.items ?? []).map(({ code, name }) => ({ value: code, label: `${name} (${code})` }));
  const isMissing = start && startName && !text && found.every((option) => option.value !== start);
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={query.isFetching}
      placeholder={t('market.communeHint')}
      notFoundContent={t('list.nothing')}
      options={isMissing ? [{ value: start, label: `${startName} (${start})` }, ...found] : found}
    />
  );
}
