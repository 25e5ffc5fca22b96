import { type ListCell, textCell } from './list-cell';
import { readArea, readDay } from './list-values';

const NUMBER = (raw: string): ListCell => ({ kind: 'number', raw });

describe('a day', () => {
  it.each<[string, ListCell, string | null, string | null]>([
    ['day, month, year', textCell('21/03/2016'), '2016-03-21', null],
    ['dashes', textCell('20-05-2021'), '2021-05-20', null],
    ['dots', textCell('20.05.2021'), '2021-05-20', null],
    ['spaces around', textCell(' 20 / 5 / 2021 '), '2021-05-20', null],
    ['the same both ways', textCell('7/7/2021'), '2021-07-07', null],
    ['another day both ways', textCell('01/05/2023'), null, 'date_ambiguous'],
    ['two digits of year', textCell('13/07/13'), null, 'date_ambiguous'],
    ['only month first', textCell('05/20/2021'), null, 'date_invalid'],
    ['30 February', textCell('30/02/2020'), null, 'date_invalid'],
    ['29 February', textCell('29/02/2020'), '2020-02-29', null],
    ['29 February of no leap year', textCell('29/02/2021'), null, 'date_invalid'],
    ['words', textCell('tháng 6/2019'), null, 'date_invalid'],
    ['three digits of year', textCell('20/05/202'), null, 'date_invalid'],
    ['year first', textCell('2020-05-20'), null, 'date_invalid'],
    ['a serial', NUMBER('44608'), '2022-02-16', null],
    ['the first serial', NUMBER('20000'), '1954-10-03', null],
    ['the last serial', NUMBER('60000'), '2064-04-08', null],
    ['a number before', NUMBER('19999'), null, 'date_invalid'],
    ['a number behind', NUMBER('60001'), null, 'date_invalid'],
    ['a date cell, shown month first', { kind: 'date', raw: '2022-03-07' }, '2022-03-07', null],
    ['nothing', textCell('  '), null, null],
    ['dashes only', textCell('--'), null, null],
  ])('%s', (_name, cell, value, fault) => {
    expect(readDay(cell)).toEqual({ value, fault });
  });
});

describe('an area', () => {
  it.each<[string, ListCell, string | null, string | null]>([
    ['decimal comma', textCell('4,8'), '4.8', null],
    ['decimal point', textCell('4.80'), '4.8', null],
    ['unit', textCell('3,5 m²'), '3.5', null],
    ['unit without a space', textCell('3.5m2'), '3.5', null],
    ['a number', NUMBER('18.7'), '18.7', null],
    ['whole', NUMBER('13'), '13', null],
    ['small', textCell('0,5'), '0.5', null],
    ['zeros in front', textCell('007'), '7', null],
    ['words', textCell('hai mét rưỡi'), null, 'area_invalid'],
    ['negative', textCell('-4'), null, 'area_invalid'],
    ['two separators', textCell('1.250,5'), null, 'area_invalid'],
    ['more than a market', textCell('12345678'), null, 'area_invalid'],
    ['nothing', textCell(''), null, null],
  ])('%s', (_name, cell, value, fault) => {
    expect(readArea(cell)).toEqual({ value, fault });
  });
});
