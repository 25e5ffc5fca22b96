import { Injectable } from '@nestjs/common';
import type { ApprovalKind } from './approval-kind';

/** A kind whose payload is somebody else's business: the schema of the kind has read it. */
type AnyKind = ApprovalKind<object>;

/** What takes two people in this version of the system. */
@Injectable()
export class ApprovalKinds {
  private readonly kinds = new Map<string, AnyKind>();

  /** @throws when the name is taken: the process does not start. */
  register<Payload extends object>(kind: ApprovalKind<Payload>): void {
    if (this.kinds.has(kind.kind)) throw new Error(`two kinds of approvals are called ${kind.kind}`);
    this.kinds.set(kind.kind, kind as unknown as AnyKind);
  }

  /** Undefined for a kind that a newer version asked for. */
  find(name: string): AnyKind | undefined {
    return this.kinds.get(name);
  }

  /** @throws for a kind that was never registered: a defect, not a refusal. */
  require<Payload extends object>(kind: ApprovalKind<Payload>): AnyKind {
    const registered = this.kinds.get(kind.kind);
    if (registered !== (kind as unknown)) throw new Error(`the kind of approvals ${kind.kind} is not registered`);
    return registered as AnyKind;
  }

  all(): readonly AnyKind[] {
    return [...this.kinds.values()];
  }
}
