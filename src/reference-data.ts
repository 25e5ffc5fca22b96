import type { INestApplicationContext } from '@nestjs/common';
import { BanksService } from './banks/banks.service';
import { AdministrativeUnitsService } from './markets/administrative-units.service';

/** Brings in administrative units and the bank directory where they are missing; two reads where they are not. */
export async function seedReferenceData(app: INestApplicationContext): Promise<void> {
  await app.get(AdministrativeUnitsService, { strict: false }).seed();
  await app.get(BanksService, { strict: false }).seed();
}
