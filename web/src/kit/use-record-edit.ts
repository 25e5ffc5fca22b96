import { useMutation } from '@tanstack/react-query';
import type { FormInstance } from 'antd';
import { useState } from 'react';
import { ApiProblem } from '../api/problem';
import { changesBetween, rebased, tidied, type Versioned } from './record-edit.rules';

interface RecordEditOptions<Facts> {
  readonly form: FormInstance;
  /** As read when the form was opened; what the server answers later does not reach into the form by itself. */
  readonly record: Versioned<Facts>;
  readonly read: () => Promise<Versioned<Facts>>;
  readonly save: (version: number, changes: Partial<Facts>) => Promise<unknown>;
  readonly onSaved: (facts: Facts) => unknown;
}

/** Changing one record: only what differs is sent, and a version in between is taken in without losing what is typed. */
export function useRecordEdit<Facts extends object>(options: RecordEditOptions<Facts>) {
  const { form, record, read, save, onSaved } = options;
  const [base, setBase] = useState(record);
  const [theirs, setTheirs] = useState<Partial<Facts> | null>(null);
  const saving = useMutation({
    mutationFn: async (facts: Facts) => {
      const changes = changesBetween(base.facts, tidied(facts));
      if (Object.keys(changes).length > 0) await save(base.version, changes);
    },
    onSuccess: (_answer, facts) => onSaved(facts),
  });
  const reloading = useMutation({
    mutationFn: read,
    onSuccess: (latest) => {
      const outcome = rebased(base.facts, latest.facts, tidied(form.getFieldsValue() as Facts));
      form.setFields(Object.entries(outcome.values).map(([name, value]) => ({ name, value: value as unknown })));
      setBase(latest);
      setTheirs(outcome.theirs);
      saving.reset();
    },
  });
  const isConflict = saving.error instanceof ApiProblem && saving.error.problem.code === 'version_conflict';
  return {
    start: record.facts,
    theirs,
    isConflict,
    busy: saving.isPending,
    error: isConflict ? reloading.error : saving.error,
    save: (facts: Facts) => saving.mutate(facts),
    reload: () => reloading.mutate(),
    isReloading: reloading.isPending,
  };
}
