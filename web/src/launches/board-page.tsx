import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readBoard } from '../api/launches';
import type { LaunchBoard } from '../api/types';
import { useMedia } from '../kit/use-media';
import { useFormat } from '../format/use-format';
import { EmptyNote } from '../kit/empty-note';
import { Page } from '../kit/page';
import { QueryView } from '../kit/query-view';
import './board.css';
import { BoardCard } from './board-card';

/** All markets by how far they have come. */
export function BoardPage() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['board'], queryFn: readBoard });
  return (
    <Page title={t('nav.launches')} lead={t('launch.boardLead')}>
      <QueryView query={query} lines={8}>
        {(board) =>
          board.columns.every((column) => column.total === 0) ? (
            <EmptyNote title={t('market.emptyTitle')}>{t('market.emptyText')}</EmptyNote>
          ) : (
            <div className="board" tabIndex={0} role="region" aria-label={t('nav.launches')}>
              {board.columns.map((column) => (
                <BoardColumn key={column.state} column={column} />
              ))}
            </div>
          )
        }
      </QueryView>
    </Page>
  );
}

/** A hundred markets still to be surveyed should not hide the ten that are being prepared. */
const SHOWN_AT_ONCE = 12;
const SHOWN_ON_PHONE = 4;

function BoardColumn({ column }: { readonly column: LaunchBoard['columns'][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isAll, setAll] = useState(false);
  const isPhone = useMedia('(max-width: 720px)');
  const shown = isAll ? column.markets : column.markets.slice(0, isPhone ? SHOWN_ON_PHONE : SHOWN_AT_ONCE);
  const rest = column.markets.length - shown.length;
  return (
    <section
      className={column.total === 0 ? 'board-column is-empty' : 'board-column'}
      aria-labelledby={`state-${column.state}`}
    >
      <header>
        <h2 id={`state-${column.state}`}>{t(`marketState.${column.state}`)}</h2>
        <strong>{format.count(column.total)}</strong>
      </header>
      <ul>
        {shown.map((market) => (
          <li key={market.code}>
            <BoardCard market={market} />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Button type="text" size="small" onClick={() => setAll(true)}>
          {t('launch.more', { count: rest, total: format.count(rest) })}
        </Button>
      )}
    </section>
  );
}
