import { crc16, crcText } from './crc16';
import { VIETQR_GUID } from './payload';
import { writeObject } from './tlv';

const GUID_OBJECT = writeObject('00', VIETQR_GUID);
/** Tag 38: whose scheme, which bank and account, which service. */
export function writeAccountTemplate(bin: string, account: string, service: string): string {
  return (
    GUID_OBJECT + writeObject('01', writeObject('00', bin) + writeObject('01', account)) + writeObject('02', service)
  );
}

/** Closes a payload: the checksum runs over everything, its own ID and length included. */
export function writeChecksum(body: string): string {
  const open = `${body}6304`;
  return open + crcText(crc16(open));
}
