import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '../api/types';
import { Loading } from '../kit/loading';
import { ProblemNote } from '../kit/problem-note';
import { useFormat } from '../format/use-format';
import { FileField } from './file-field';
import { ImportOutcome } from './import-outcome';

interface ImportFlowProps {
  readonly help: string;
  readonly run: (file: File, dryRun: boolean) => Promise<ImportReport>;
  /** What was registered is now to be seen elsewhere. */
  readonly onRegistered: () => void;
  /** Where to go on after the import. */
  readonly next: ReactNode;
}

/** A file is looked at first; nothing is registered before somebody has seen what would be. */
export function ImportFlow({ help, run, onRegistered, next }: ImportFlowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [file, setFile] = useState<File | null>(null);
  const preview = useMutation({ mutationFn: (chosen: File) => run(chosen, true) });
  const commit = useMutation({ mutationFn: (chosen: File) => run(chosen, false), onSuccess: onRegistered });
  const choose = (chosen: File) => {
    setFile(chosen);
    commit.reset();
    preview.mutate(chosen);
  };
  const again = () => {
    setFile(null);
    preview.reset();
    commit.reset();
  };
  if (!file) return <FileField help={help} onFile={choose} />;
  if (preview.isPending) return <Loading lines={8} />;
  if (preview.error) {
    return (
      <div className="stack">
        <ProblemNote error={preview.error} kept={t('import.nothingRegistered')} onRetry={() => preview.mutate(file)} />
        <Again onAgain={again} />
      </div>
    );
  }
  if (commit.data) {
    return (
      <div className="stack">
        <ImportOutcome report={commit.data} fileName={file.name} />
        <div className="import-actions">
          {next}
          <Button onClick={again}>{t('import.another')}</Button>
        </div>
      </div>
    );
  }
  if (!preview.data) return <Again onAgain={again} />;
  const acceptable = preview.data.ok + preview.data.attention;
  return (
    <div className="stack">
      <ImportOutcome report={preview.data} fileName={file.name}>
        {commit.error && (
          <ProblemNote error={commit.error} kept={t('import.kept')} onRetry={() => commit.mutate(file)} />
        )}
        <div className="import-actions">
          <Button
            type="primary"
            disabled={acceptable === 0}
            loading={commit.isPending}
            onClick={() => commit.mutate(file)}
          >
            {t('import.register', { count: acceptable, total: format.count(acceptable) })}
          </Button>
          <Button onClick={again} disabled={commit.isPending}>
            {t('import.another')}
          </Button>
        </div>
      </ImportOutcome>
    </div>
  );
}

function Again({ onAgain }: { readonly onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <div>
      <Button onClick={onAgain}>{t('import.another')}</Button>
    </div>
  );
}
