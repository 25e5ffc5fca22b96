import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/problem';
import { Note } from './note';

interface ProblemNoteProps {
  readonly error: unknown;
  /** What happened, where the server's own title is too general. */
  readonly title?: string;
  /** What is safe: "what you typed is still here", "nothing was registered". */
  readonly kept?: string;
  readonly onRetry?: () => void;
}

/** An error as people need it: what happened, what was kept, what to do, and a code to read over the phone. */
export function ProblemNote({ error, title: said, kept, onRetry }: ProblemNoteProps) {
  const { t } = useTranslation();
  const problem = error instanceof ApiProblem ? error.problem : null;
  const title =
    said ?? (problem?.title || (problem?.status === 0 ? t('problem.unreachable') : t('problem.unexpected')));
  return (
    <Note tone="alarm" title={title}>
      <p>{problem?.detail || t(problem?.status === 0 ? 'problem.unreachableDetail' : 'problem.unexpectedDetail')}</p>
      {problem?.errors && problem.errors.length > 0 && (
        <ul>
          {problem.errors.slice(0, 10).map((field) => (
            <li key={`${field.pointer}${field.line}${field.code}`}>{fieldLine(field)}</li>
          ))}
        </ul>
      )}
      {kept && <p>{kept}</p>}
      {problem?.traceId && (
        <p className="soft">
          {t('problem.trace')} <span className="code">{problem.traceId}</span>
        </p>
      )}
      {onRetry && (
        <div className="no-print">
          <Button onClick={onRetry}>{t('problem.retry')}</Button>
        </div>
      )}
    </Note>
  );
}

function fieldLine(field: { pointer?: string; line?: number; column?: string; message: string }): string {
  const place = [field.line, field.column, field.pointer?.replace(/^\//, '')].filter(Boolean).join(' · ');
  return place ? `${place}: ${field.message}` : field.message;
}
