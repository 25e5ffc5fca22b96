import { currentActor, runAs } from '../platform/actor';
import type { Staff } from './staff.repository';

/** Runs `work` as the person a request has just turned out to come from: until then it had no author. */
export function asStaff<T>(staff: Pick<Staff, 'id' | 'area'>, work: () => T): T {
  return runAs({ ...currentActor(), kind: 'staff', id: staff.id, scope: staff.area }, work);
}
