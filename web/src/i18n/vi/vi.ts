import { account } from './account';
import { audit } from './audit';
import { bankClients } from './bank-clients';
import { banks } from './banks';
import { cards } from './cards';
import { figures } from './figures';
import { frame } from './frame';
import { inbox } from './inbox';
import { markets } from './markets';
import { people } from './people';
import { periods } from './periods';
import { privacy } from './privacy';

/** Vietnamese: the language of the product, and the shape that every other dictionary has. */
export const vi = {
  ...frame,
  ...account,
  ...figures,
  ...markets,
  ...cards,
  ...banks,
  ...bankClients,
  ...people,
  ...periods,
  ...privacy,
  ...audit,
  ...inbox,
} as const;
