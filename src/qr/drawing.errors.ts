import { DomainError } from '../kernel/errors';

/** The text is empty or does not fit into the largest symbol of its level (ISO/IEC 18004 table 7). */
export class PayloadNotDrawable extends DomainError {
  constructor(reason: string) {
    super('invalid', 'qr_payload_not_drawable', {
      vi: `Không vẽ được mã QR: ${reason}. Kiểm tra lại nội dung mã.`,
      en: `The QR code cannot be drawn: ${reason}. Check the content of the code.`,
    });
  }
}

/** A module would be printed smaller than phones of ordinary buyers can read (vietqr.md §4). */
export class ModuleTooSmall extends DomainError {
  constructor(moduleMm: number, leastMm: number) {
    super('invalid', 'qr_module_too_small', {
      vi: `Ô của mã QR chỉ còn ${moduleMm.toFixed(2)} mm, tối thiểu ${leastMm} mm: nội dung mã quá dài cho khổ thẻ này.`,
      en: `A module of the QR code would be ${moduleMm.toFixed(2)} mm, the least is ${leastMm} mm: the content is too long for this card.`,
    });
  }
}

/** What the check of a finished sheet found instead of the expected code. */
export type SheetFault = 'missing' | 'different' | 'unexpected' | 'page_count' | 'unreadable_file';

const FAULT_VI: Record<SheetFault, string> = {
  missing: 'không đọc được mã',
  different: 'mã đọc được khác với mã đã cấp',
  unexpected: 'có mã không thuộc trang này',
  page_count: 'số trang không đúng',
  unreadable_file: 'không mở được tệp PDF',
};
const FAULT_EN: Record<SheetFault, string> = {
  missing: 'its code cannot be read',
  different: 'the code read is not the code issued',
  unexpected: 'there is a code that does not belong on this page',
  page_count: 'the number of pages is wrong',
  unreadable_file: 'the PDF cannot be opened',
};

/** A finished sheet does not show what was issued; it must not be released. `page` counts from 1. */
export class SheetCheckFailed extends DomainError {
  constructor(
    readonly fault: SheetFault,
    readonly page: number | null,
    readonly stall: string | null,
  ) {
    const where = { vi: placeOf('trang', 'điểm', page, stall), en: placeOf('page', 'stall', page, stall) };
    super('conflict', 'sheet_check_failed', {
      vi: `Tờ in chưa được phát hành${where.vi}: ${FAULT_VI[fault]}.`,
      en: `The sheet is not released${where.en}: ${FAULT_EN[fault]}.`,
    });
  }
}

function placeOf(pageWord: string, stallWord: string, page: number | null, stall: string | null): string {
  const parts = [page === null ? '' : `${pageWord} ${page}`, stall === null ? '' : `${stallWord} ${stall}`].filter(
    Boolean,
  );
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
