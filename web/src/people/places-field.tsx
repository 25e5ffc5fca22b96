import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listCommunes, listMarkets } from '../api/markets';
import { useSession } from '../session/use-session';

interface Place {
  readonly code: string;
  readonly name: string;
}

interface PlacesFieldProps {
  readonly kind: 'communes' | 'markets';
  /** Names of what the form starts with: it may not be among the first that the server names. */
  readonly start?: readonly Place[];
  readonly id?: string;
  readonly value?: string[];
  readonly onChange?: (codes: string[]) => void;
}

const FOUND = 50;

/** Several communes or markets, found by name without accents; the server does the finding. */
export function PlacesField({ kind, start = [], id, value, onChange }: PlacesFieldProps) {
  const { t } = useTranslation();
  const session = useSession();
  const [text, setText] = useState('');
  // What was chosen keeps its name when the search goes on to something else.
  const [chosen, setChosen] = useState<readonly Place[]>(start);
  const provinceCode = session.data?.province?.code;
  const query = useQuery({
    queryKey: ['places', kind, provinceCode, text],
    queryFn: async ({ signal }): Promise<readonly Place[]> => {
      const wanted = { q: text || undefined, limit: FOUND };
      const load = kind === 'markets' ? listMarkets(wanted, signal) : listCommunes({ ...wanted, provinceCode }, signal);
      return (await load).items;
    },
    placeholderData: (previous) => previous,
  });
  const found = query.data ?? [];
  const kept = chosen.filter(({ code }) => value?.includes(code) && !found.some((place) => place.code === code));
  const options = [...kept, ...found].map(({ code, name }) => ({ value: code, label: `${name} (${code})` }));
  return (
    <Select
      id={id}
      mode="multiple"
      value={value}
      onChange={(codes: string[]) => {
        setChosen([...chosen, ...found].filter(({ code }) => codes.includes(code)));
        onChange?.(codes);
      }}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={query.isFetching}
      placeholder={t(`people.placesHint.${kind}`)}
      notFoundContent={t('list.nothing')}
      options={options}
    />
  );
}
