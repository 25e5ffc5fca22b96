import { seedReferenceData } from '../../src/reference-data';
import type { TestApp } from '../e2e/app';
import { answerOf } from '../e2e/answers';
import { type ConsoleClient, signInAs } from '../e2e/console-client';
import { after, textOf } from '../e2e/second-factor';
import { SoftwareAuthenticator } from '../e2e/software-authenticator';
import { MarkupPlanting } from './markup-corpus';

/** What the pages of a planted province are found by. */
export interface PlantedProvince {
  readonly planting: MarkupPlanting;
  readonly officer: ConsoleClient;
  readonly leader: ConsoleClient;
  readonly admin: ConsoleClient;
  /** Who decides what the other asks for. */
  readonly second: ConsoleClient;
  readonly markets: readonly PlantedMarket[];
  readonly personIds: readonly string[];
}

export interface PlantedMarket {
  readonly code: string;
  readonly stallCode: string;
  readonly vendorId: string;
  readonly accountId: string;
  readonly serial: string;
  /** The vendor's own page. */
  readonly link: string;
}

const ROUNDS = 4;
const BANKS = ['970436', '970418', '970415', '970405'];

type Ids = Readonly<Record<string, string>>;

/** A province whose every text was written by somebody who means harm, by the same doors as everybody. */
export async function plantProvince(testApp: TestApp): Promise<PlantedProvince> {
  await seedReferenceData(testApp.app);
  const planting = new MarkupPlanting(testApp);
  const [officer, leader, admin, second] = [
    await signInAs(testApp, { fullName: planting.next() }),
    await signInAs(testApp, { role: 'department_leader' }),
    await signInAs(testApp, { role: 'system_admin' }),
    await signInAs(testApp, { role: 'system_admin', fullName: planting.next() }),
  ];
  const people = { officer, leader, admin, second, planting };
  const markets: PlantedMarket[] = [];
  for (let round = 0; round < ROUNDS; round += 1) markets.push(await plantMarket(testApp, people, round));
  const personIds: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await plantVendorStates(people, round);
    personIds.push(await plantPeople(people, round));
    await plantDuties(people, round);
  }
  return { ...people, officer: await plantPasskeys(testApp, people), markets, personIds };
}

/** Devices with names; the officer whose session follows the last one. */
async function plantPasskeys(testApp: TestApp, { officer, planting }: People): Promise<ConsoleClient> {
  let client = officer;
  for (let round = 0; round < ROUNDS; round += 1) {
    const options = await client.post('/api/v1/me/passkeys/options');
    const attestation = new SoftwareAuthenticator(testApp.publicUrl).create(options.body);
    const answer = await planting.plant(client, 'addPasskey', {}, { attestation });
    client = after(client, answer, answer.body.session);
    const { body } = await client.get('/api/v1/me/security');
    const [passkey] = body.passkeys as unknown as { id: string }[];
    await planting.plant(client, 'renamePasskey', { id: passkey?.id ?? '' });
  }
  return client;
}

type People = Pick<PlantedProvince, 'officer' | 'leader' | 'admin' | 'second' | 'planting'>;

async function plantMarket(testApp: TestApp, people: People, round: number): Promise<PlantedMarket> {
  const { officer, leader, planting } = people;
  const by = async (who: Pick<ConsoleClient, 'send'>, id: string, params: Ids = {}, change: object = {}) =>
    (await planting.plant(who, id, params, change as Record<string, unknown>)).body as unknown as Ids;
  const code = `92MK00${round}`;
  await by(officer, 'registerMarket', {}, { code });
  await by(officer, 'changeMarket', { code });
  await by(officer, 'addZone', { code });
  const { code: stallCode = '' } = await by(officer, 'registerStall', { code }, { zoneId: undefined });
  await by(officer, 'changeStall', { stallCode });
  const { id: vendorId = '' } = await by(officer, 'registerVendor', {}, personOf(round));
  await by(officer, 'changeVendor', { id: vendorId });
  await by(officer, 'submitVendor', { id: vendorId });
  await by(leader, 'approveVendor', { id: vendorId });
  await by(officer, 'beginLease', { stallCode }, { vendorId });
  const account = { accountNumber: `99900000${round}1` };
  const { id: accountId = '' } = await by(officer, 'addAccount', { id: vendorId }, account);
  await by(officer, 'verifyAccount', { id: accountId });
  await by(officer, 'assignAccount', { stallCode }, { accountId });
  await by(officer, 'giveConsent', { id: vendorId });
  await by(officer, 'revealAccount', { id: accountId });
  await by(leader, 'moveLaunch', { code }, { toState: 'surveyed', onDay: '2026-11-22' });
  await by(officer, 'issueCodes', { code }, { stallCodes: [stallCode] });
  await by(officer, 'reissueCode', { stallCode });
  await by(officer, 'reissueCodes', { code }, { stallCodes: [stallCode] });
  const { link = '' } = await by(officer, 'makeVendorLink', { id: vendorId });
  await by(vendorClient(testApp, link), 'askAboutMyData');
  await plantOtherAccount(people, { stallCode, vendorId }, round);
  const { body } = await officer.get(`/api/v1/markets/${code}/qr-issues?state=active`);
  const [issue] = body.items as unknown as { serial: string }[];
  return { code, stallCode, vendorId, accountId, serial: issue?.serial ?? '', link };
}

/** Another account of the stall, which takes two people: half of them are turned down. */
async function plantOtherAccount(
  { officer, leader, planting }: People,
  { stallCode, vendorId }: Pick<PlantedMarket, 'stallCode' | 'vendorId'>,
  round: number,
): Promise<void> {
  const { body: account } = await planting.plant(
    officer,
    'addAccount',
    { id: vendorId },
    { accountNumber: `99900000${round}2` },
  );
  const accountId = textOf(account.id);
  await planting.plant(officer, 'verifyAccount', { id: accountId });
  const { body } = await planting.plant(officer, 'assignAccount', { stallCode }, { accountId, fromDay: '2026-11-22' });
  await planting.plant(leader, round < 2 ? 'approve' : 'refuse', { id: textOf(body.id) });
}

/** A vendor with the link that was handed over. */
function vendorClient({ url }: TestApp, link: string): Pick<ConsoleClient, 'send'> {
  const headers = { 'x-vendor-link': link.split('#')[1] ?? '', 'content-type': 'application/json' };
  return {
    send: async (method, path, body) =>
      answerOf(await fetch(url + path, { method, headers, body: JSON.stringify(body) })),
  };
}

function personOf(round: number): object {
  return { personalId: `00000000000${round}`, phone: `090000000${round}`, taxCode: `000000000${round}` };
}

/** A vendor who is sent back, one who is turned down, one who is suspended and gives up. */
async function plantVendorStates({ officer, leader, planting }: People, round: number): Promise<void> {
  const vendor = async (which: number): Promise<string> => {
    const digits = `${which}${round}`;
    const person = { personalId: `0000000010${digits}`, phone: `09000010${digits}`, taxCode: `00000010${digits}` };
    const { body } = await planting.plant(officer, 'registerVendor', {}, person);
    await planting.plant(officer, 'submitVendor', { id: textOf(body.id) });
    return textOf(body.id);
  };
  await planting.plant(leader, 'returnVendor', { id: await vendor(1) });
  await planting.plant(leader, 'rejectVendor', { id: await vendor(2) });
  const id = await vendor(3);
  await planting.plant(leader, 'approveVendor', { id });
  await planting.plant(officer, 'revealVendorField', { id }, { field: 'phone' });
  await planting.plant(leader, 'suspendVendor', { id });
  await planting.plant(leader, 'ceaseVendor', { id });
}

/** People who are invited, renamed, moved and disabled, and the second person's words on it. */
async function plantPeople({ admin, second, planting }: People, round: number): Promise<string> {
  const area = { kind: 'province', codes: ['92'] };
  const invitation = { email: `planted.${round}@example.vn`, area, role: 'auditor' };
  const { body } = await planting.plant(admin, 'invitePerson', {}, invitation);
  const { personId: id, approval } = body as unknown as { personId: string; approval: { id: string } };
  await planting.plant(second, round < 3 ? 'approve' : 'refuse', { id: approval.id });
  const version = async (): Promise<string> => textOf((await admin.get(`/api/v1/staff/${id}`)).body.version);
  await planting.plant(admin, 'renamePerson', { id, version: await version() });
  if (round === 3) return id;
  await planting.plant(admin, 'changePersonRole', { id }, { area, role: 'department_leader' });
  await planting.plant(admin, 'disablePerson', { id });
  return id;
}

/** Keys, periods, requests of data subjects, days off. */
async function plantDuties(people: People, round: number): Promise<void> {
  const { officer, leader, admin, second, planting } = people;
  const key = await planting.plant(admin, 'requestLiveKey', { bin: BANKS[round] ?? '' });
  await planting.plant(second, 'refuse', { id: textOf(key.body.id) });
  await planting.plant(leader, 'closePeriod', {}, { calendar: 'administrative', month: `2026-0${round + 1}` });
  const { body } = await planting.plant(officer, 'recordDataRequest');
  await planting.plant(officer, 'answerDataRequest', { id: textOf(body.id) });
  await planting.plant(officer, 'recordDataRequest');
  await planting.plant(officer, 'addHoliday', {}, { day: `2026-12-0${round + 1}` });
}
