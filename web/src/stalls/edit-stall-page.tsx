import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { changeStall, listZones, readStall } from '../api/markets';
import type { Stall, StallState, Zone } from '../api/types';
import { ConflictNote } from '../kit/conflict-note';
import { QueryView } from '../kit/query-view';
import type { Versioned } from '../kit/record-edit.rules';
import { Section } from '../kit/section';
import { useNotice } from '../kit/use-notice';
import { useRecordEdit } from '../kit/use-record-edit';
import { type StallFacts, StallForm, useStallLabel } from './stall-form';
import { STALL_STATES } from './stall-state-tag';

interface StallEditProps {
  readonly stall: Stall;
  readonly zones: readonly Zone[];
}

/** Changes or closes one stall; its code stays. */
export function EditStallPage() {
  const { t } = useTranslation();
  const { code = '', stallCode = '' } = useParams();
  // Read when the form opens: the version has to be the present one.
  const query = useQuery({
    queryKey: ['stall-edit', stallCode],
    queryFn: async () => ({ stall: await readStall(stallCode), zones: await listZones(code) }),
    gcTime: 0,
  });
  const number = query.data?.stall.number;
  return (
    <Section title={t('edit.title', { name: number ? `${number} · ${stallCode}` : stallCode })}>
      <QueryView query={query} lines={8}>
        {(data) => <StallEdit {...data} />}
      </QueryView>
    </Section>
  );
}

function StallEdit({ stall, zones }: StallEditProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const notice = useNotice();
  const [form] = Form.useForm<StallFacts>();
  const line = useFactLine(zones);
  const back = `/markets/${stall.marketCode}/stalls/${stall.code}`;
  const edit = useRecordEdit<StallFacts>({
    form,
    record: versioned(stall),
    read: async () => versioned(await readStall(stall.code)),
    save: (version, changes) => changeStall(stall.code, version, changes),
    onSaved: async ({ number }) => {
      for (const key of ['stalls', 'market', 'zones', 'overview']) void client.invalidateQueries({ queryKey: [key] });
      await client.invalidateQueries({ queryKey: ['stall', stall.code] });
      notice.done(t('edit.saved', { name: number }));
      void navigate(back);
    },
  });
  return (
    <>
      <ConflictNote edit={edit} line={line} />
      <StallForm<StallFacts>
        form={form}
        start={edit.start}
        states={STALL_STATES}
        zones={zones}
        busy={edit.busy}
        error={edit.error}
        save={t('edit.save')}
        back={back}
        onSave={edit.save}
      />
    </>
  );
}

/** What somebody else changed, in the words of the form. */
function useFactLine(zones: readonly Zone[]): (name: string, value: unknown) => string {
  const { t } = useTranslation();
  const label = useStallLabel();
  const word = (name: string, value: unknown): string => {
    if (value === null || value === undefined) return t('app.unknown');
    if (typeof value === 'boolean') return t(value ? 'app.yes' : 'app.no');
    if (name === 'state') return t(`stallState.${value as StallState}`);
    if (name === 'zoneId') return zones.find(({ id }) => id === value)?.name ?? t('app.unknown');
    return String(value as string);
  };
  return (name, value) => `${label(name) ?? name}: ${word(name, value)}`;
}

function versioned(stall: Stall): Versioned<StallFacts> {
  const { version, number, zoneId, tradeLine, areaM2, fixed, soundbox, state } = stall;
  return { version, facts: { number, zoneId, tradeLine, areaM2, fixed, soundbox, state } };
}
