import { banks } from './banks';
import { cards } from './cards';
import { figures } from './figures';
import { frame } from './frame';
import { markets } from './markets';

/** Vietnamese: the language of the product, and the shape that every other dictionary has. */
export const vi = { ...frame, ...figures, ...markets, ...cards, ...banks } as const;
