import { Injectable } from '@nestjs/common';
import { BytesSink } from './bytes-sink';
import { writeCardPdf } from './card-pdf';
import { QrIssuesService } from './qr-issues.service';
import { qrPng } from './qr-png';
import { qrSvg } from './qr-svg';
import { checkSheet } from './sheet-check';
import { A6_CARD } from './sheet-layout';

/** Pictures of single codes, drawn from the frozen issue. */
@Injectable()
export class CardPicturesService {
  constructor(private readonly issues: QrIssuesService) {}

  /** @throws QrIssueNotFound, QrIssueRetired */
  async png(serial: string): Promise<Buffer> {
    const { payload } = await this.issues.findActive(serial);
    return qrPng(payload);
  }

  /** @throws QrIssueNotFound, QrIssueRetired */
  async svg(serial: string): Promise<Buffer> {
    const { payload, stallNumber, stallCode } = await this.issues.findActive(serial);
    return Buffer.from(qrSvg(payload, { title: `${stallNumber} · ${stallCode}` }));
  }

  /** One A6 page, released only when its codes were read back. @throws QrIssueNotFound, QrIssueRetired, SheetCheckFailed */
  async cardPdf(serial: string): Promise<Buffer> {
    const { face, issuedAt } = await this.issues.findActive(serial);
    const out = new BytesSink();
    await writeCardPdf([face], A6_CARD, { title: `Thẻ QR ${face.stallNumber}`, createdAt: issuedAt }, out);
    const bytes = out.bytes();
    await checkSheet(bytes, [face], A6_CARD);
    return bytes;
  }
}
