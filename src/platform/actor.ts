import { AsyncLocalStorage } from 'node:async_hooks';
import { NO_SCOPE, type Scope, SYSTEM_SCOPE } from '../kernel/scope';

/** Who is acting, for the audit trail and for every rule that asks "who". */
export interface Actor {
  /** A signed-in person, a bank by its signature, a vendor by their link, one of our own jobs (or an unauthenticated request), an operator's shell. */
  readonly kind: 'staff' | 'bank' | 'vendor' | 'system' | 'cli';
  /** Staff: the id of the account. Bank: its BIN. Vendor: the vendor's id. System: the job's name, or `anonymous`. Cli: the user of the shell. */
  readonly id: string;
  /** The rows this actor may reach. Absent: everything for our own jobs and the shell, nothing for all others. */
  readonly scope?: Scope;
  /** Network address of the caller; absent for jobs and the shell. */
  readonly address?: string;
  /** The request's or job's id, the same as in logs and problem documents. */
  readonly traceId?: string;
}

const actors = new AsyncLocalStorage<Actor>();

/**
 * The actor of the running request, job or command. There is no default on purpose: a change whose author is guessed
 * would stand in the audit trail as a lie. Requests get theirs from the guard; jobs, commands and tests use {@link runAs}.
 * @throws Error outside of {@link runAs}: a defect, not a refusal.
 */
export function currentActor(): Actor {
  const actor = actors.getStore();
  if (!actor) throw new Error('no actor: wrap the job, command or test in runAs(actor, …)');
  return actor;
}

/** Runs `work`, and everything it awaits, as `actor`. */
export function runAs<T>(actor: Actor, work: () => T): T {
  return actors.run(actor, work);
}

/**
 * The rows that the running request, job or command may reach; undefined outside of {@link runAs}, where only tables
 * without scope can be read (sessions, keys, settings).
 */
export function currentScope(): Scope | undefined {
  const actor = actors.getStore();
  if (!actor) return undefined;
  return actor.scope ?? (actor.kind === 'system' || actor.kind === 'cli' ? SYSTEM_SCOPE : NO_SCOPE);
}

/**
 * Runs `work` with the reach of the system while the actor stays who they are: for steps that must look past the
 * caller's own rows and answer nothing of them, such as storing what a bank sent.
 */
export function withSystemScope<T>(work: () => T): T {
  return actors.run({ ...currentActor(), scope: SYSTEM_SCOPE }, work);
}

/**
 * `source`, each step of which runs as the present actor: for bytes that are fetched while somebody else reads them,
 * such as the answer to a request whose handler has long returned.
 */
export function asPresentActor<T>(source: AsyncIterable<T>): AsyncGenerator<T, void> {
  return stepsAs(currentActor(), source);
}

async function* stepsAs<T>(actor: Actor, source: AsyncIterable<T>): AsyncGenerator<T, void> {
  const steps = source[Symbol.asyncIterator]();
  for (let step = await runAs(actor, () => steps.next()); !step.done; step = await runAs(actor, () => steps.next())) {
    yield step.value;
  }
}
