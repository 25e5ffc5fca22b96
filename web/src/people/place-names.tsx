import { useTranslation } from 'react-i18next';
import type { PersonRow } from '../api/people';

const SHOWN = 2;

interface PlaceNamesProps {
  readonly person: Pick<PersonRow, 'area' | 'places'>;
  /** All of them, for the record itself. */
  readonly all?: boolean;
}

/** Where a role holds, by name; a code whose place no longer exists stands for itself. */
export function PlaceNames({ person: { area, places }, all }: PlaceNamesProps) {
  const { t } = useTranslation();
  const names = area.codes.map((code) => places.find((place) => place.code === code)?.name ?? code);
  const shown = all ? names : names.slice(0, SHOWN);
  const more = names.length - shown.length;
  return (
    <>
      {shown.join(', ')}
      {more > 0 && ` ${t('people.more', { count: more })}`}
    </>
  );
}
