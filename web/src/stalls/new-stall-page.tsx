import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useOutletContext } from 'react-router';
import { listZones, registerStall } from '../api/markets';
import type { Market, StallInput } from '../api/types';
import { QueryView } from '../kit/query-view';
import { tidied } from '../kit/record-edit.rules';
import { Section } from '../kit/section';
import { useNotice } from '../kit/use-notice';
import { type StallFacts, StallForm } from './stall-form';

type NewStall = StallFacts & { state: NonNullable<StallInput['state']> };

const START: NewStall = {
  number: '',
  zoneId: null,
  tradeLine: null,
  areaM2: null,
  fixed: true,
  soundbox: false,
  state: 'operating',
};
const STATES = ['operating', 'paused', 'vacant'] as const;

/** Registers one stall; a whole list comes in by import. */
export function NewStallPage() {
  const { t } = useTranslation();
  const market = useOutletContext<Market>();
  const navigate = useNavigate();
  const client = useQueryClient();
  const notice = useNotice();
  const [form] = Form.useForm<NewStall>();
  const zones = useQuery({ queryKey: ['zones', market.code], queryFn: () => listZones(market.code) });
  const stalls = `/markets/${market.code}/stalls`;
  const register = useMutation({
    mutationFn: (facts: NewStall) => registerStall(market.code, tidied(facts)),
    onSuccess: (stall) => {
      for (const key of ['stalls', 'market', 'zones', 'overview']) void client.invalidateQueries({ queryKey: [key] });
      notice.done(t('stall.created', { stall: stall.number }));
      void navigate(`${stalls}/${stall.code}`);
    },
  });
  return (
    <Section title={t('stall.create')}>
      <p className="soft form-lead">{t('stall.createLead')}</p>
      <QueryView query={zones} lines={8}>
        {(known) => (
          <StallForm<NewStall>
            form={form}
            start={START}
            states={STATES}
            zones={known}
            busy={register.isPending}
            error={register.error}
            save={t('stall.save')}
            back={stalls}
            onSave={(facts) => register.mutate(facts)}
          />
        )}
      </QueryView>
    </Section>
  );
}
