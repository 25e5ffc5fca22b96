import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuditFilters } from '../api/audit';
import { ChoiceField } from '../kit/choice-field';
import { DayRangeField } from '../kit/day-range-field';
import { SearchField } from '../kit/search-field';
import { useAuditWords } from './use-audit-words';

interface AuditToolbarProps {
  readonly filters: AuditFilters;
  readonly onChange: (changes: Record<string, string | undefined>) => void;
}

/** What narrows the trail; all of it lives in the address. */
export function AuditToolbar({ filters, onChange }: AuditToolbarProps) {
  const { t } = useTranslation();
  const words = useAuditWords();
  return (
    <>
      <div className="toolbar no-print" role="search" aria-label={t('audit.filter')}>
        <SearchField
          label={t('audit.search')}
          placeholder={t('audit.searchHint')}
          value={filters.q}
          onChange={(q) => onChange({ q })}
        />
        <SearchField
          label={t('audit.actor')}
          placeholder={t('audit.actorHint')}
          value={filters.actor}
          onChange={(actor) => onChange({ actor })}
        />
        <ChoiceField
          label={t('audit.action')}
          all={t('list.all')}
          value={filters.action}
          options={withGiven(words.actions, filters.action)}
          onChange={(action) => onChange({ action })}
          searchable
        />
        <ChoiceField
          label={t('audit.subject')}
          all={t('list.all')}
          value={filters.subjectType}
          options={withGiven(words.subjects, filters.subjectType)}
          onChange={(subjectType) => onChange({ subjectType, subjectId: undefined })}
          searchable
        />
        <DayRangeField label={t('audit.period')} from={filters.from} to={filters.to} onChange={onChange} />
      </div>
      {filters.subjectId && (
        <p className="row no-print">
          {t('audit.onlyOf', { type: words.subject(filters.subjectType ?? ''), id: filters.subjectId })}
          <Button size="small" onClick={() => onChange({ subjectType: undefined, subjectId: undefined })}>
            {t('audit.ofAll')}
          </Button>
        </p>
      )}
    </>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** An address may name a code that has no words here. */
function withGiven(options: Option[], given: string | undefined): Option[] {
  if (!given || options.some(({ value }) => value === given)) return options;
  return [...options, { value: given, label: given }];
}
