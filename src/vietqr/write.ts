import { crc16OfBytes, crcText } from './crc16';
import { VIETQR_GUID } from './payload';
import { writeObject } from './tlv';

const GUID_OBJECT = writeObject('00', VIETQR_GUID);
/** Room for any payload: 100 objects of 4 + 99 characters of at most 4 bytes, more than any encoder can fill. */
const SCRATCH = Buffer.alloc(100 * 4 * 103);

/** Tag 38: whose scheme, which bank and account, which service. */
export function writeAccountTemplate(bin: string, account: string, service: string): string {
  return (
    GUID_OBJECT + writeObject('01', writeObject('00', bin) + writeObject('01', account)) + writeObject('02', service)
  );
}

/**
 * Closes a payload: the checksum runs over everything, its own ID and length included. The bytes are laid out once,
 * which is what the checksum reads, and gives one flat string instead of a tree of pieces.
 */
export function writeChecksum(body: string): string {
  const length = SCRATCH.write(`${body}6304`, 'utf8');
  const end = length + SCRATCH.write(crcText(crc16OfBytes(SCRATCH, 0xffff, length)), length, 'latin1');
  return SCRATCH.toString('utf8', 0, end);
}
