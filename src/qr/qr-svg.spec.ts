import sharp from 'sharp';
import { makePayload } from '../../test/factories/card-face.factory';
import { readCodes } from './code-reader';
import { qrSvg } from './qr-svg';

describe('qrSvg', () => {
  it('is read back as what was given', async () => {
    for (let n = 0; n < 50; n += 1) {
      const svg = Buffer.from(qrSvg(makePayload(n)));
      const { data, info } = await sharp(svg).resize(392).greyscale().raw().toBuffer({ resolveWithObject: true });
      const codes = await readCodes({ width: info.width, height: info.height, data });
      expect(codes.map((code) => code.text)).toEqual([makePayload(n)]);
    }
  });

  it('draws all dark modules in one path', () => {
    expect(qrSvg(makePayload(0)).match(/<path /g)).toHaveLength(2); // ground and code
  });

  it.each([
    ['plain', 'Thẻ QR – Ô 12A', 'Thẻ QR – Ô 12A'],
    [
      'markup',
      '</title><script>alert("x")</script>',
      '&lt;/title&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;',
    ],
    ['entities', `Bánh & Kẹo 'Bà Ba'`, 'Bánh &amp; Kẹo &#39;Bà Ba&#39;'],
    ['control and bidi characters', 'a\u0000\u202Eb\uFFFE\uD800c', 'abc'],
    ['decomposed letters', 'Cho\u031B\u0323', 'Chợ'],
  ])('escapes its title: %s', (_name, title, written) => {
    expect(qrSvg('CHO', { title })).toContain(`<title>${written}</title>`);
    expect(qrSvg('CHO', { description: title })).toContain(`<desc>${written}</desc>`);
  });

  it('has no empty title', () => {
    expect(qrSvg('CHO')).not.toContain('title');
  });
});
