import DownloadOutlined from '@ant-design/icons/DownloadOutlined';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toCsv } from '../format/csv';
import { useNotice } from './use-notice';
import { saveFile } from './download';

interface CsvButtonProps {
  readonly name: string;
  readonly head: readonly string[];
  /** All rows of what is filtered, not only those on screen. */
  readonly rows: () => Promise<readonly (readonly string[])[]>;
}

/** Takes what is filtered away as a file for a spreadsheet. */
export function CsvButton({ name, head, rows }: CsvButtonProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const text = toCsv([head, ...(await rows())]);
      saveFile(`${name}.csv`, new Blob([text], { type: 'text/csv;charset=utf-8' }));
    } catch (error) {
      notice.problem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<DownloadOutlined aria-hidden />} loading={busy} onClick={() => void save()}>
      {t('list.csv')}
    </Button>
  );
}
