/** A letter in plain text; nothing of it is markup. */
export interface Letter {
  /** Name and address apart: neither can become a header of its own. */
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
}

/** Why a letter did not leave. */
export class LetterRefused extends Error {
  constructor(
    /** Stable code for the outbox: `econnection`, `smtp_550`. Never what the server said, which may repeat the letter. */
    readonly fault: string,
    /** Trying again would change nothing: the receiver does not exist. */
    readonly isFinal: boolean,
  ) {
    super(`letter refused: ${fault}`);
    this.name = 'LetterRefused';
  }
}

/** The port through which letters leave the system; off unless a server is configured (robustness §4). */
export abstract class Mailer {
  abstract readonly isOn: boolean;

  /**
   * Hands one letter to the server.
   * @param id the same for every try of one letter, so that a receiver can tell a repeated one
   * @throws LetterRefused
   */
  abstract send(id: string, letter: Letter): Promise<void>;
}

/** No server is configured: nothing is written into the outbox, and nothing leaves. */
export class NoMailer extends Mailer {
  readonly isOn = false;

  send(): Promise<void> {
    return Promise.reject(new LetterRefused('mail_off', false));
  }
}
