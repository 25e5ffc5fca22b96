import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatDay } from '../format/day';
import { Loading } from '../kit/loading';
import type { Search } from './use-search';

interface Hit {
  readonly key: string;
  readonly to: string;
  readonly title: string;
  readonly detail: string;
}

/** Results by kind; each opens its page. */
export function SearchPanel({ search }: { readonly search: Search }) {
  const { t } = useTranslation();
  if (!search.data) {
    return <div className="search-panel">{search.error ? <p>{t('search.failed')}</p> : <Loading lines={3} />}</div>;
  }
  const { markets, vendors, submissions } = search.data;
  if (markets.length + vendors.length + submissions.length === 0) {
    return (
      <div className="search-panel">
        <p>{t('search.nothing')}</p>
      </div>
    );
  }
  return (
    <div className="search-panel">
      <Hits
        title={t('nav.markets')}
        hits={markets.map((m) => ({
          key: m.code,
          to: `/markets/${m.code}`,
          title: m.name,
          detail: `${m.code} · ${m.communeName}`,
        }))}
      />
      <Hits
        title={t('nav.vendors')}
        hits={vendors.map((v) => ({
          key: v.id,
          to: `/vendors/${v.id}`,
          title: v.fullName,
          detail: v.stalls.map((s) => `${s.number}, ${s.marketName}`).join(' · '),
        }))}
      />
      <Hits
        title={t('nav.submissions')}
        hits={submissions.map((s) => ({
          key: s.id,
          to: `/submissions/${s.id}`,
          title: s.reference,
          detail: `${s.bankName} · ${formatDay(s.businessDate)}`,
        }))}
      />
    </div>
  );
}

function Hits({ title, hits }: { readonly title: string; readonly hits: readonly Hit[] }) {
  if (hits.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {hits.map((hit) => (
          <li key={hit.key}>
            <Link to={hit.to}>
              {hit.title}
              <small>{hit.detail}</small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
