import { Injectable } from '@nestjs/common';
import { Env } from '../../platform/config/env';

/** Who we are to authenticators: passkeys are bound to the host of PUBLIC_URL and work nowhere else. */
@Injectable()
export class RelyingParty {
  readonly name = 'Chợ 4.0';
  readonly id: string;
  readonly origin: string;

  constructor(env: Env) {
    const { hostname, origin } = new URL(env.publicUrl);
    this.id = hostname;
    this.origin = origin;
  }
}
