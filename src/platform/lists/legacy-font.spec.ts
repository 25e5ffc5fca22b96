import { fromLegacyFont } from './legacy-font';

describe('text in a legacy font', () => {
  it.each([
    ['.VnTime', 'Qu¸ch ThÞ Sµ Phal', 'Quách Thị Sà Phal'],
    ['.VnTime', 'Danh Kim NguyÖt', 'Danh Kim Nguyệt'],
    ['.VnArial', '§Æng V¨n T\u00AD', 'Đặng Văn Tư'],
    ['.VnTimeH', 'NguyÔn', 'NGUYỄN'],
    ['VNI-Times', 'Ñinh Thò Kim Trinh', 'Đinh Thị Kim Trinh'],
    ['VNI-Times', 'Nguyeãn Vaên Höõu', 'Nguyễn Văn Hữu'],
    ['VNI-Times', 'LEÂ THÒ ÑEÏP', 'LÊ THỊ ĐẸP'],
    ['VNI Helve', 'Traàn Thôø', 'Trần Thờ'],
    ['VNI-Times', 'Lyù Kim Phöôïng', 'Lý Kim Phượng'],
  ])('%s: %s', (font, text, unicode) => {
    expect(fromLegacyFont(text, font)).toBe(unicode);
  });

  it.each(['Times New Roman', undefined])('leaves %s alone', (font) => {
    expect(fromLegacyFont('Qu¸ch', font)).toBeNull();
  });
});
