import { type Bilingual, DomainError } from '../kernel/errors';
import { type Finding } from './findings';
import { type ForeignScheme } from './payload';

/** A payload that is not what we accept, or an input that we do not write; `code` is the finding's, in lower case. */
export class VietQrRefused extends DomainError {
  constructor(readonly finding: Finding) {
    super('invalid', finding.code.toLowerCase(), finding.text);
  }
}

/** A well-formed payment code of somebody else. It names the scheme and never carries an account. */
export class ForeignCode extends DomainError {
  constructor(readonly scheme: ForeignScheme) {
    super('invalid', 'foreign_code', foreignText(scheme));
  }
}

/** An amount that a transfer code cannot carry. */
export class AmountNotEncodable extends DomainError {
  constructor() {
    super('invalid', 'amount_out_of_range', {
      vi: 'Số tiền phải là số nguyên đồng từ 1 đến 9999999999999.',
      en: 'The amount must be whole đồng from 1 to 9999999999999.',
    });
  }
}

/** A label that banks carry only for merchant codes. */
export class LabelNeedsMerchantCode extends DomainError {
  constructor() {
    super('invalid', 'label_needs_qrpush', {
      vi: 'Nhãn cửa hàng, tham chiếu, thiết bị chỉ có trong mã QRPUSH; mã chuyển khoản chỉ giữ được nội dung.',
      en: 'Store, reference and terminal labels belong into QRPUSH codes; a transfer code keeps only its content.',
    });
  }
}

/** A text field that is given, but holds nothing. */
export class EmptyField extends DomainError {
  constructor(name: string) {
    super('invalid', 'empty_field', {
      vi: `Trường ${name} rỗng; bỏ hẳn trường này nếu không dùng.`,
      en: `Field ${name} is empty; leave it out if it is not used.`,
    });
  }
}

function foreignText(scheme: ForeignScheme): Bilingual {
  return {
    vi: `Đây không phải mã VietQR mà là mã ${scheme.name}.`,
    en: `This is no VietQR code but one of ${scheme.name}.`,
  };
}
