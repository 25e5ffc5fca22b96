import { Confidential, type ConfidentialKind } from '../../kernel/confidential';
import type { BlindIndex } from './blind-index';
import { type PersonalColumn, placeIn } from './sealed-columns';
import type { Sealing } from './sealing';

/**
 * Identifiers of persons on their way into a table and out of it: sealed for the row they stand in, found by blind
 * index. For repositories; nothing else sees what a column holds.
 */
export class SealedFields {
  constructor(
    private readonly sealing: Sealing,
    private readonly index: BlindIndex,
  ) {}

  /** @param row the row's key */
  seal<Value extends Confidential | null>(column: PersonalColumn, row: string, value: Value): Sealed<Value> {
    if (value === null) return null as Sealed<Value>;
    return this.sealing.seal(Buffer.from(value.reveal()), placeIn(column, row)) as Sealed<Value>;
  }

  /** @throws SealBroken for what was altered, stood in another row, or was sealed with a key we do not hold */
  open<Bytes extends Buffer | null>(column: PersonalColumn, row: string, sealed: Bytes): Opened<Bytes> {
    if (sealed === null) return null as Opened<Bytes>;
    return Confidential.of(column.kind, this.sealing.open(sealed, placeIn(column, row)).toString()) as Opened<Bytes>;
  }

  /** What the value is found by. */
  indexOf<Value extends Confidential | null>(value: Value): Sealed<Value> {
    return (value === null ? null : this.index.of(value)) as Sealed<Value>;
  }

  /** What a value that was typed or reported is found by, in hexadecimal. */
  hexIndexOf(kind: ConfidentialKind, clear: string): string {
    return this.index.hexOf(kind, clear);
  }
}

type Sealed<Value> = Value extends null ? null : Buffer;
type Opened<Bytes> = Bytes extends null ? null : Confidential;
