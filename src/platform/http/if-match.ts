import { DomainError } from '../../kernel/errors';

/** The entity tag of a record's version. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

export class IfMatchMissing extends DomainError {
  constructor() {
    super('precondition_required', 'if_match_required', {
      vi: 'Thiếu tiêu đề If-Match: hãy gửi kèm ETag của bản ghi đã xem.',
      en: 'If-Match is missing: send the ETag of the record that was read.',
    });
  }
}

/** Thrown by services whose `UPDATE … WHERE version = ` met no row. */
export class VersionConflict extends DomainError {
  constructor() {
    super('precondition_failed', 'version_conflict', {
      vi: 'Bản ghi vừa được người khác thay đổi. Hãy tải lại, xem thay đổi rồi lưu lại.',
      en: 'Somebody has just changed this record. Reload it, look at the change, then save again.',
    });
  }
}

/** The version named by `If-Match`. @throws IfMatchMissing without one, VersionConflict for a tag that is not ours. */
export function versionOf(ifMatch: string | undefined): number {
  if (!ifMatch) throw new IfMatchMissing();
  const version = /^(?:W\/)?"([1-9][0-9]{0,8})"$/.exec(ifMatch.trim())?.[1];
  if (!version) throw new VersionConflict();
  return Number(version);
}
