import type { Bilingual } from '../../kernel/errors';
import type { StaffRole } from '../../kernel/permissions';

/** Roles as the second person reads them. */
export const ROLE_WORDS: Readonly<Record<StaffRole, Bilingual>> = {
  system_admin: { vi: 'Quản trị hệ thống', en: 'System administrator' },
  department_officer: { vi: 'Cán bộ Sở Công Thương', en: 'Department officer' },
  department_leader: { vi: 'Lãnh đạo Sở Công Thương', en: 'Department leader' },
  commune_officer: { vi: 'Cán bộ xã/phường', en: 'Commune officer' },
  market_board: { vi: 'Ban quản lý chợ', en: 'Market board' },
  community_team: { vi: 'Tổ công nghệ số cộng đồng', en: 'Community digital team' },
  auditor: { vi: 'Kiểm tra, kiểm toán', en: 'Auditor' },
};
