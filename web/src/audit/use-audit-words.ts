import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntryRow } from '../api/types';
import { auditAction, auditActor, auditField, auditSubject } from '../i18n/vi/audit';

const COLLATION = 'vi';

/** Words for the codes of the trail; a code that has none yet stands for itself. */
export function useAuditWords() {
  const { t } = useTranslation();
  return useMemo(() => {
    const action = (code: string): string => (has(auditAction, code) ? t(`auditAction.${code}`) : code);
    const subject = (type: string): string => (has(auditSubject, type) ? t(`auditSubject.${type}`) : type);
    /** Each part of a path has its word. */
    const field = (path: string): string =>
      path
        .split('.')
        .map((part) => (has(auditField, part) ? t(`auditField.${part}`) : part))
        .join(' › ');
    const actor = ({ kind, id, name }: AuditEntryRow['actor']): string =>
      name ?? `${has(auditActor, kind) ? t(`auditActor.${kind}`) : kind} ${id}`;
    const byWord = (a: { label: string }, b: { label: string }): number => a.label.localeCompare(b.label, COLLATION);
    const options = (codes: object, word: (code: string) => string) =>
      Object.keys(codes)
        .map((value) => ({ value, label: word(value) }))
        .sort(byWord);
    return {
      action,
      subject,
      field,
      actor,
      actions: options(auditAction, action),
      subjects: options(auditSubject, subject),
    };
  }, [t]);
}

function has<Words extends object>(words: Words, code: string): code is Extract<keyof Words, string> {
  return Object.hasOwn(words, code);
}
