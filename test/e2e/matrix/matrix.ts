import { mayDo, ROLES, STAFF_ROLES, type StaffRole } from '../../../src/kernel/permissions';
import type { AreaScope } from '../../../src/kernel/scope';
import type { Answer } from '../answers';
import type { TestApp } from '../app';
import { type ConsoleClient, signInAs } from '../console-client';
import { type Call, callOf, hasReferences, NOWHERE, type OperationToCall, operationsOf, subjectOf } from './operations';
import { makeWorld, type Place, type World } from './world';

/** A role, what is its own, and what lies beside it. */
interface Seat {
  readonly role: StaffRole;
  readonly own: World;
  readonly sibling: World;
}

export interface MatrixReport {
  readonly operations: number;
  readonly calls: number;
  /** `operation role: what is wrong`. */
  readonly findings: readonly string[];
}

const HOME: Place = { provinceCode: '92', communeCode: '31510' };
const NEXT_COMMUNE: Place = { provinceCode: '92', communeCode: '31120' };
const NEXT_PROVINCE: Place = { provinceCode: '79', communeCode: '27115' };

/**
 * Every operation of the document × every role × own and sibling scope. Who lacks the permission is refused whatever
 * the id; who has it reaches their own; and what lies beside it does not exist: the same answer as for an id that
 * nothing has, no trace of it in any list, image, file or job, and not a row of it changed.
 * @param only the id of one operation; default all of them
 */
export async function walkMatrix(testApp: TestApp, only?: string): Promise<MatrixReport> {
  const operations = operationsOf(testApp).filter(
    ({ audience, id }) => audience === 'staff' && (only === undefined || only === id),
  );
  // Reading first: what is written later changes what there is to read.
  operations.sort((a, b) => Number(a.method !== 'GET') - Number(b.method !== 'GET'));
  const report = { operations: operations.length, calls: 0, findings: undeclared(testApp) };
  for (const role of STAFF_ROLES) {
    const seat = await seatOf(testApp, role);
    const client = await signInAs(testApp, { role, area: areaOf(role, seat.own) });
    const before = await rowsOf(testApp, seat.sibling);
    for (const operation of operations) {
      if (ENDS_THE_SESSION.has(operation.id)) continue;
      const walk = new Walk(client, seat, operation);
      report.findings.push(...(await walk.findings()).map((what) => `${operation.id} ${role}: ${what}`));
      report.calls += walk.calls;
    }
    const after = await rowsOf(testApp, seat.sibling);
    if (after !== before) report.findings.push(`${role}: rows beside the scope were changed`);
  }
  return report;
}

/** A request for a second person is shown to its requester, and to who may decide its kind; else it is not there. */
const SHOWN_BY_KIND = new Set<keyof World>(['approvalId']);

/** Tested where signing in is; here they would end the walk, or lock the walker out. */
const ENDS_THE_SESSION = new Set(['signOut', 'endOwnSession', 'endOtherSessions', 'changePassword', 'stepUp']);

/** Operations without an audience, and staff operations without a permission. */
function undeclared(testApp: TestApp): string[] {
  return operationsOf(testApp)
    .filter(({ audience, permission }) => audience === 'staff' && permission === undefined)
    .map(({ id }) => `${id}: names no permission`);
}

async function seatOf(testApp: TestApp, role: StaffRole): Promise<Seat> {
  const beside = ROLES[role].areas.some((kind) => kind === 'province') ? NEXT_PROVINCE : NEXT_COMMUNE;
  const name = role.replaceAll('_', '').toUpperCase().slice(0, 12);
  return {
    role,
    own: await makeWorld(testApp, `${name}OWN`, HOME),
    sibling: await makeWorld(testApp, `${name}SIB`, beside),
  };
}

function areaOf(role: StaffRole, { provinceCode, communeCode, marketCode }: World): AreaScope {
  const [kind] = ROLES[role].areas;
  const codes = { province: provinceCode, communes: communeCode, markets: marketCode };
  return { kind, codes: [codes[kind]] };
}

/** One operation, as one person calls it. */
class Walk {
  calls = 0;

  constructor(
    private readonly client: ConsoleClient,
    private readonly seat: Seat,
    private readonly operation: OperationToCall,
  ) {}

  async findings(): Promise<string[]> {
    const { own, sibling, role } = this.seat;
    const { permission } = this.operation;
    const atHome = callOf(this.operation, own, own);
    const beside = callOf(this.operation, sibling, own);
    if (!permission || !mayDo(role, permission))
      return [...(await this.refused(atHome)), ...(await this.refused(beside))];
    const found = await this.reachesOwn(atHome);
    const subject = subjectOf(this.operation);
    const isShared = subject === 'periodId' && own.provinceCode === sibling.provinceCode;
    if (subject && !isShared) found.push(...(await this.isNotThere(beside, callOf(this.operation, NOWHERE, own))));
    if (hasReferences(this.operation)) {
      found.push(
        ...(await this.isNotThere(callOf(this.operation, own, sibling), callOf(this.operation, own, NOWHERE))),
      );
    }
    return found;
  }

  private async refused(call: Call): Promise<string[]> {
    const answer = await this.send(call);
    const { status } = answer;
    const isRefused = status === 403 && codeOf(answer) === 'not_permitted';
    return isRefused ? [] : [`${call.method} ${call.path} answered ${status} ${codeOf(answer)}, not not_permitted`];
  }

  private async reachesOwn(call: Call): Promise<string[]> {
    const answer = await this.send(call);
    const code = codeOf(answer);
    const wrong = answer.status >= 500 || answer.status === 401 || code === 'not_permitted' || code === 'forbidden';
    const subject = subjectOf(this.operation);
    const hidden = subject !== null && SHOWN_BY_KIND.has(subject) && answer.status === 404;
    if (hidden) return this.tracesIn(answer);
    const lost = subject !== null && answer.status === 404;
    const unread = call.method === 'GET' && subject !== null && answer.status !== 200;
    return [
      ...(wrong || lost || unread ? [`own ${call.method} ${call.path} answered ${answer.status} ${code}`] : []),
      ...this.tracesIn(answer),
    ];
  }

  /** Foreign and absent answer alike. That neither touched anything is seen from the rows at the end. */
  private async isNotThere(foreign: Call, absent: Call): Promise<string[]> {
    const [there, nowhere] = [await this.send(foreign), await this.send(absent)];
    const same = there.status === nowhere.status && codeOf(there) === codeOf(nowhere);
    const told = `${foreign.method} ${foreign.path}`;
    return [
      ...(same
        ? []
        : [`${told} answered ${there.status} ${codeOf(there)}, absent ${nowhere.status} ${codeOf(nowhere)}`]),
      ...this.tracesIn(there, foreign.path + JSON.stringify(foreign.body ?? '')),
    ];
  }

  /** What the caller wrote may come back in a refusal; everything else of the sibling is a leak. */
  private tracesIn({ bytes }: Answer, said = ''): string[] {
    const text = bytes.toString('latin1');
    const { own, sibling } = this.seat;
    const shared = own.provinceCode === sibling.provinceCode ? [sibling.periodId] : [];
    return sibling.traces
      .filter((trace) => !shared.includes(trace) && !said.includes(trace) && text.includes(trace))
      .map((trace) => `${this.operation.path} tells of ${trace}`);
  }

  private async send({ method, path, type, body }: Call): Promise<Answer> {
    this.calls += 1;
    const headers: Record<string, string> = { 'if-match': '"1"', 'accept-language': 'en' };
    if (type && type !== 'application/json')
      headers['content-type'] = type === 'multipart/form-data' ? 'text/csv' : type;
    const text = typeof body === 'string' ? body : undefined;
    const sent = method === 'GET' ? undefined : (text ?? (body as object | undefined) ?? {});
    return this.client.send(method, path, sent, headers);
  }
}

/** The stable code of a refusal; empty for anything else. */
function codeOf({ body }: Answer): string {
  const { code } = (body ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

const TABLES = [
  'markets m WHERE m.code = $1',
  'stalls s WHERE s.market_id = (SELECT id FROM markets WHERE code = $1)',
  'leases l WHERE l.market_id = (SELECT id FROM markets WHERE code = $1)',
  'payout_assignments p WHERE p.market_id = (SELECT id FROM markets WHERE code = $1)',
  'qr_issues q WHERE q.market_id = (SELECT id FROM markets WHERE code = $1)',
  'card_packs c WHERE c.market_id = (SELECT id FROM markets WHERE code = $1)',
  'launch_transitions t WHERE t.market_id = (SELECT id FROM markets WHERE code = $1)',
  'zones z WHERE z.market_id = (SELECT id FROM markets WHERE code = $1)',
  `vendors v WHERE v.id IN (SELECT vendor_id FROM leases WHERE market_id = (SELECT id FROM markets WHERE code = $1))`,
  `payout_accounts a WHERE a.vendor_id IN (SELECT vendor_id FROM leases
     WHERE market_id = (SELECT id FROM markets WHERE code = $1))`,
  `consents n WHERE n.vendor_id IN (SELECT vendor_id FROM leases
     WHERE market_id = (SELECT id FROM markets WHERE code = $1))`,
];

/** Everything of a world, as one text. */
async function rowsOf({ database }: TestApp, { marketCode }: World): Promise<string> {
  const parts = TABLES.map((table) => {
    const alias = table.split(' ')[1] ?? '';
    return `(SELECT coalesce(string_agg(${alias}::text, E'\\n' ORDER BY ${alias}.id), '') FROM ${table})`;
  });
  return database.read(async (tx) => {
    const rows = (await tx.query(`SELECT ${parts.join(` || '|' || `)} AS text`, [marketCode])) as { text: string }[];
    return rows[0]?.text ?? '';
  });
}
