import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Column } from './data-table';
import './column-chooser.css';

interface ColumnChooserProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly hidden: readonly string[];
  readonly onHidden: (hidden: string[]) => void;
}

/** Which columns a list shows; the first one names the row and stays. */
export function ColumnChooser<Row>({ columns, hidden, onHidden }: ColumnChooserProps<Row>) {
  const { t } = useTranslation();
  const toggle = (key: string, show: boolean) =>
    onHidden(show ? hidden.filter((other) => other !== key) : [...hidden, key]);
  return (
    <details className="column-chooser">
      <summary>{t('list.columns')}</summary>
      <div className="panel" role="group" aria-label={t('list.columns')}>
        {columns.slice(1).map((column) => (
          <Checkbox
            key={column.key}
            checked={!hidden.includes(column.key)}
            onChange={(event) => toggle(column.key, event.target.checked)}
          >
            {column.title}
          </Checkbox>
        ))}
      </div>
    </details>
  );
}
