import type { MouseEvent, ReactNode } from 'react';
import './data-table.css';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  readonly numeric?: boolean;
  /** What the row is called; the first column unless told. */
  readonly rowHeader?: boolean;
  /** As the head of a card the value needs its title in front: "Dòng 12". */
  readonly isTitled?: boolean;
  /** Cell of the last line, which sums up. */
  readonly footer?: ReactNode;
}

export interface DataTableProps<Row> {
  /** What the table shows, for those who hear it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** A click anywhere on a row; the row's own link stays the keyboard's way. */
  readonly onOpen?: (row: Row) => void;
  readonly isStale?: boolean;
  /** Rows become cards on a phone (default), or the table scrolls inside its frame. */
  readonly onPhone?: 'cards' | 'scroll';
  readonly hasFooter?: boolean;
}

/** The one table of the console: sticky header, numbers right, cards on a phone. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, onPhone = 'cards' } = props;
  const frame = ['table-frame', onPhone === 'cards' && 'as-cards', props.isStale && 'is-stale'].filter(Boolean);
  return (
    <div className={frame.join(' ')} aria-busy={props.isStale ?? false}>
      <table className="data-table" role="table">
        <caption className="visually-hidden">{props.caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.key} scope="col" role="columnheader" className={column.numeric ? 'num' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr
              key={props.rowKey(row)}
              role="row"
              className={props.onOpen ? 'opens' : undefined}
              onClick={props.onOpen && ((event) => openUnlessControl(event, () => props.onOpen?.(row)))}
            >
              {columns.map((column, index) => (
                <Cell key={column.key} column={column} header={isHeader(columns, index)} value={column.render(row)} />
              ))}
            </tr>
          ))}
        </tbody>
        {props.hasFooter && (
          <tfoot role="rowgroup">
            <tr role="row">
              {columns.map((column, index) => (
                <Cell key={column.key} column={column} header={isHeader(columns, index)} value={column.footer} />
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly header: boolean;
  readonly value: ReactNode;
}

function Cell<Row>({ column, header, value }: CellProps<Row>) {
  if (header) {
    return (
      <th scope="row" role="rowheader" data-label={column.isTitled ? column.title : undefined}>
        {value}
      </th>
    );
  }
  const empty = value === null || value === undefined || value === '';
  const names = [column.numeric && 'num', empty && 'empty-cell'].filter(Boolean).join(' ');
  return (
    <td role="cell" data-label={column.title} className={names || undefined}>
      {empty ? null : <span>{value}</span>}
    </td>
  );
}

function isHeader<Row>(columns: readonly Column<Row>[], index: number): boolean {
  const named = columns.findIndex((column) => column.rowHeader);
  return index === Math.max(0, named);
}

/** A click on a link, button or field inside the row is meant for that, and a marked text is being copied. */
function openUnlessControl(event: MouseEvent<HTMLElement>, open: () => void): void {
  const target = event.target as HTMLElement;
  if (target.closest('a, button, input, select, label')) return;
  if (window.getSelection()?.toString()) return;
  open();
}
