import { createTransport, type Transporter } from 'nodemailer';
import type SmtpTransport from 'nodemailer/lib/smtp-transport';
import { type Letter, LetterRefused, Mailer } from './mailer';
import { judgeFault, type SendFault, smtpConnection } from './smtp.rules';

/** A server that does not answer must not hold a job: whole ms. */
const LIMITS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 5_000 };

/** Letters by SMTP. */
export class SmtpMailer extends Mailer {
  readonly isOn = true;
  private readonly transport: Transporter<SmtpTransport.SentMessageInfo>;
  private readonly domain: string;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    super();
    // What a letter says is never a path or an address to be fetched.
    const closed = { disableFileAccess: true, disableUrlAccess: true };
    const options: SmtpTransport.Options = { ...smtpConnection(url), ...LIMITS, ...closed };
    this.transport = createTransport(options);
    this.domain = from.replace(/^.*@|>$/g, '');
  }

  async send(id: string, { to, subject, text }: Letter): Promise<void> {
    const messageId = `<${id}@${this.domain}>`;
    try {
      await this.transport.sendMail({ messageId, from: this.from, to, subject, text });
    } catch (error) {
      const { fault, isFinal } = judgeFault(error as SendFault);
      throw new LetterRefused(fault, isFinal);
    }
  }
}
