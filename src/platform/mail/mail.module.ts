import { Module } from '@nestjs/common';
import { Env } from '../config/env';
import { MailOutbox } from './mail-outbox';
import { MailOutboxRepository } from './mail-outbox.repository';
import { MailSender } from './mail-sender';
import { Mailer, NoMailer } from './mailer';
import { SmtpMailer } from './smtp-mailer';

/** Letters: the outbox for whoever writes one, and the job that sends them. */
@Module({
  providers: [
    {
      provide: Mailer,
      inject: [Env],
      useFactory: ({ mail }: Env): Mailer => (mail ? new SmtpMailer(mail.url, mail.from) : new NoMailer()),
    },
    MailOutbox,
    MailOutboxRepository,
    MailSender,
  ],
  exports: [MailOutbox],
})
export class MailModule {}
