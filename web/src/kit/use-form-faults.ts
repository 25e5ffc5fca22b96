import type { FormInstance } from 'antd';
import { useEffect, useState } from 'react';
import { ApiProblem } from '../api/problem';
import type { FormFault } from './form-summary';

interface FailedFields {
  errorFields: { name: (string | number)[]; errors: string[] }[];
}

/**
 * The faults of a form in one list, from its own rules and from the server's answer, which is also put beside its
 * fields. `label` gives a field's name on screen, null for a property that has no field here; `fieldOf` names the field that
 * a refusal of the whole (`stall_number_taken`) is about.
 */
export function useFormFaults(
  form: FormInstance,
  error: unknown,
  label: (name: string) => string | null,
  fieldOf: Readonly<Record<string, string>> = {},
) {
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  useEffect(() => {
    if (!(error instanceof ApiProblem)) return;
    const { code, detail, errors = [] } = error.problem;
    const pointed = fieldOf[code] ? [{ pointer: `/${fieldOf[code]}`, message: detail }] : errors;
    const refused = pointed.flatMap(({ pointer, message }) => {
      const name = pointer?.replace(/^\//, '') ?? '';
      const title = label(name);
      return title ? [{ name, title, message }] : [];
    });
    form.setFields(refused.map(({ name, message }) => ({ name, errors: [message] })));
    setFaults(refused.map(({ name, title, message }) => ({ name, message: `${title}: ${message}` })));
    // The labels follow the language; only a new answer brings new faults.
  }, [error, form]);
  return {
    faults,
    clear: () => setFaults([]),
    onFinishFailed: ({ errorFields }: FailedFields) =>
      setFaults(
        errorFields.map(({ name, errors }) => {
          const field = String(name[0]);
          return { name: field, message: `${label(field) ?? field}: ${errors[0] ?? ''}` };
        }),
      ),
  };
}
