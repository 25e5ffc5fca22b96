/** TCVN 5712:1993 (TCVN3, the .Vn fonts): one byte, one letter; written here as the Latin-1 characters that show. */
const TCVN3_FROM = 'µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00ADõøö÷ùúýûüþ¡¢§£¤¥¦';
const TCVN3_TO = 'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ';
const TCVN3 = new Map([...TCVN3_FROM].map((from, index) => [from, TCVN3_TO.charAt(index)]));

const [GRAVE, ACUTE, HOOK, TILDE, DOT] = ['\u0300', '\u0301', '\u0309', '\u0303', '\u0323'] as const;
const [BREVE, CIRCUMFLEX] = ['\u0306', '\u0302'] as const;

/** VNI-Windows: a letter, then a character that carries its marks. */
const VNI_MARKS = new Map([
  ...marks('øùûõï', ''),
  ...marks('èéúüë', BREVE),
  ...marks('àáåãä', CIRCUMFLEX),
  ['ê', BREVE],
  ['â', CIRCUMFLEX],
]);

/** VNI-Windows: letters that stand alone. */
const VNI_LETTERS = new Map([
  ['ñ', 'đ'],
  ['ô', 'ơ'],
  ['ö', 'ư'],
  ['ì', 'ì'],
  ['í', 'í'],
  ['æ', 'ỉ'],
  ['ó', 'ĩ'],
  ['ò', 'ị'],
  ['î', 'ỵ'],
]);
const VNI_PAIR = /([aeouyôö])([øùûõïèéúüëàáåãäêâ])|[ñôöìíæóòî]/giu;

/**
 * Text set in a legacy font as Unicode: `.VnTime` and its like hold TCVN3 (`.VnTimeH` shows capitals), `VNI-Times` and
 * its like VNI. Null for every other font.
 */
export function fromLegacyFont(text: string, font: string | undefined): string | null {
  if (font === undefined) return null;
  if (/^\.Vn/i.test(font)) {
    const letters = Array.from(text, (char) => TCVN3.get(char) ?? char).join('');
    return /H$/.test(font) ? letters.toUpperCase() : letters;
  }
  return /^VNI[- ]/i.test(font) ? fromVni(text) : null;
}

function fromVni(text: string): string {
  const letters = text.replace(VNI_PAIR, (whole, letter: string | undefined, mark: string | undefined) => {
    if (letter === undefined || mark === undefined)
      return capital(whole, VNI_LETTERS.get(whole.toLowerCase()) ?? whole);
    const base = VNI_LETTERS.get(letter.toLowerCase()) ?? letter.toLowerCase();
    return capital(letter, `${base}${VNI_MARKS.get(mark.toLowerCase()) ?? ''}`.normalize('NFC'));
  });
  return letters.normalize('NFC');
}

function capital(like: string, letter: string): string {
  return like === like.toLowerCase() ? letter : letter.toUpperCase();
}

function marks(characters: string, shape: string): [string, string][] {
  const tones = [GRAVE, ACUTE, HOOK, TILDE, DOT];
  return [...characters].map((character, index) => [character, shape + (tones[index] ?? '')]);
}
