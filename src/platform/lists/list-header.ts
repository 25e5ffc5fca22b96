import { foldText } from '../../kernel/text';
import { type ListRow } from './csv-list';
import { columnLetter, EMPTY_CELL, type ListCell } from './list-cell';
import { ListHeaderMissing, ListHeaderTwice } from './list-file.errors';

/** The titles a column goes by, the usual one first; accents, case, spaces and punctuation do not count. */
export interface ColumnTitles {
  readonly titles: readonly [string, ...string[]];
  readonly required?: boolean;
}

/** Where the columns of a list stand. */
export class ListColumns<Name extends string> {
  private constructor(private readonly indexes: ReadonlyMap<Name, number>) {}

  /** @throws ListHeaderMissing, ListHeaderTwice */
  static find<Name extends string>(
    titles: readonly string[],
    wanted: Readonly<Record<Name, ColumnTitles>>,
  ): ListColumns<Name> {
    const keys = titles.map(titleKey);
    const indexes = new Map<Name, number>();
    const missing: string[] = [];
    for (const [name, column] of Object.entries(wanted) as [Name, ColumnTitles][]) {
      const known = new Set(column.titles.map(titleKey));
      const found = keys.flatMap((key, index) => (known.has(key) ? [index] : []));
      if (found.length > 1) throw new ListHeaderTwice(column.titles[0]);
      if (found[0] !== undefined) indexes.set(name, found[0]);
      else if (column.required) missing.push(column.titles[0]);
    }
    if (missing.length > 0) throw new ListHeaderMissing(missing);
    return new ListColumns(indexes);
  }

  cell(row: ListRow, name: Name): ListCell {
    const index = this.indexes.get(name);
    return (index === undefined ? undefined : row.cells[index]) ?? EMPTY_CELL;
  }

  /** The address of a row's cell as spreadsheets write it: `C13`. */
  address(row: number, name: Name): string {
    return `${columnLetter(this.indexes.get(name) ?? 0)}${row}`;
  }
}

function titleKey(title: string): string {
  return foldText(title).replace(/[^a-z0-9]+/g, '');
}
