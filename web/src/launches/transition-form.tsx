import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { isWaiting } from '../api/approvals';
import { moveLaunch } from '../api/launches';
import type { Launch, LaunchTransitionInput, Market } from '../api/types';
import { dayOf, formatDay } from '../format/day';
import { DayField } from '../kit/day-field';
import { FormSummary } from '../kit/form-summary';
import { ProblemNote } from '../kit/problem-note';
import { useFormFaults } from '../kit/use-form-faults';
import { useNotice } from '../kit/use-notice';

interface TransitionFormProps {
  readonly market: Market;
  readonly launch: Launch;
}

const FIELDS = ['toState', 'onDay', 'leadAgency', 'reason', 'decisionNumber', 'place'] as const;
type Field = (typeof FIELDS)[number];

/** Records one step; only the steps that this state allows are offered. */
export function TransitionForm({ market, launch }: TransitionFormProps) {
  const { t } = useTranslation();
  const notice = useNotice();
  const client = useQueryClient();
  const [form] = Form.useForm<LaunchTransitionInput>();
  const toState = Form.useWatch('toState', form);
  const move = useMutation({
    mutationFn: (input: LaunchTransitionInput) => moveLaunch(market.code, input),
    onSuccess: async (done, input) => {
      for (const key of ['launch', 'board', 'markets', 'overview', 'approvals'])
        void client.invalidateQueries({ queryKey: [key] });
      await client.invalidateQueries({ queryKey: ['market', market.code] });
      const state = t(`marketState.${input.toState}`);
      notice.done(isWaiting(done) ? t('inbox.asked') : t('launch.moved', { market: market.name, state }));
    },
  });
  const offered = launch.pendingOverride ? [] : launch.overrides;
  const isOverride = toState !== undefined && offered.includes(toState);
  const label = (name: string) => (FIELDS.includes(name as Field) ? t(`launch.field.${name as Field}`) : null);
  const { faults, clear, onFinishFailed } = useFormFaults(form, move.error, label);
  const required = { required: true, whitespace: true, message: t('form.required') };
  const decision = { required: toState === 'launched', whitespace: true, message: t('launch.decisionRequired') };
  return (
    <Form<LaunchTransitionInput>
      form={form}
      className="form"
      layout="vertical"
      requiredMark="optional"
      validateTrigger="onBlur"
      initialValues={{ onDay: dayOf(new Date()) }}
      onFinish={(input) => {
        clear();
        move.mutate(withoutEmpty(input));
      }}
      onFinishFailed={onFinishFailed}
    >
      <FormSummary form={form} faults={faults} />
      {move.error && faults.length === 0 ? (
        <div className="form-summary">
          <ProblemNote error={move.error} kept={t('form.kept')} />
        </div>
      ) : null}
      <Form.Item name="toState" label={label('toState')} rules={[required]}>
        <Radio.Group
          vertical
          options={[
            ...launch.allowedNext.map((value) => ({ value, label: t(`marketState.${value}`) })),
            ...offered.map((value) => {
              const label = t('launchOverride.option', { state: t(`marketState.${value}`) });
              return { value, label };
            }),
          ]}
        />
      </Form.Item>
      {isOverride && (
        <Form.Item
          name="overrideReason"
          label={t('launchOverride.reason')}
          extra={t('launchOverride.help')}
          rules={[required]}
        >
          <Input.TextArea maxLength={500} rows={3} />
        </Form.Item>
      )}
      <Form.Item
        name="onDay"
        label={label('onDay')}
        extra={t('launch.help.onDay', { day: formatDay(launch.stateSince) })}
        rules={[{ required: true, message: t('form.required') }]}
      >
        <DayField />
      </Form.Item>
      <Form.Item name="leadAgency" label={label('leadAgency')} rules={[required]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="reason" label={label('reason')} extra={t('launch.help.reason')} rules={[required]}>
        <Input.TextArea maxLength={1_000} rows={3} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="decisionNumber" label={label('decisionNumber')} rules={[decision]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="place" label={label('place')}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      {toState && (
        <p className="soft form-summary">
          {t('launch.effect', {
            market: market.name,
            from: t(`marketState.${launch.state}`),
            to: t(`marketState.${toState}`),
          })}
        </p>
      )}
      <Button type="primary" htmlType="submit" loading={move.isPending}>
        {t(isOverride ? 'accountChange.send' : 'launch.record')}
      </Button>
    </Form>
  );
}

function withoutEmpty(input: LaunchTransitionInput): LaunchTransitionInput {
  return {
    ...input,
    decisionNumber: input.decisionNumber?.trim() || undefined,
    place: input.place?.trim() || undefined,
  };
}
