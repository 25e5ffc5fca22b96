import CheckOutlined from '@ant-design/icons/CheckOutlined';
import ClockCircleOutlined from '@ant-design/icons/ClockCircleOutlined';
import CloseOutlined from '@ant-design/icons/CloseOutlined';
import EllipsisOutlined from '@ant-design/icons/EllipsisOutlined';
import MinusOutlined from '@ant-design/icons/MinusOutlined';
import SwapOutlined from '@ant-design/icons/SwapOutlined';
import type { ReactNode } from 'react';
import type { DayStatus } from '../api/types';

/** A day's report by a shape of its own, so that the calendar reads without colours. */
export const DAY_STATUS_ICONS: Record<DayStatus, ReactNode> = {
  on_time: <CheckOutlined />,
  late: <ClockCircleOutlined />,
  corrected: <SwapOutlined />,
  missing: <CloseOutlined />,
  pending: <EllipsisOutlined />,
  not_expected: <MinusOutlined />,
};

export const DAY_STATUSES: readonly DayStatus[] = [
  'on_time',
  'late',
  'corrected',
  'missing',
  'pending',
  'not_expected',
];
