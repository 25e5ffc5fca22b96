/** Which way imports point (docs/decisions/0001-modules-and-direction.md): a row imports rows below it only. */
const ROWS = [
  ['reports', 'privacy'],
  ['submissions'],
  ['qr', 'launches', 'periods', 'bank-clients'],
  ['vendors'],
  ['banks', 'markets'],
  ['access'],
  ['approvals'],
  ['audit'],
  ['platform'],
  ['vietqr'],
  ['kernel'],
];

const folder = (names) => `^src/(${names.join('|')})/`;

const upward = ROWS.slice(1).map((row, index) => ({
  name: `no-upward-from-${row.join('-and-')}`,
  severity: 'error',
  from: { path: folder(row) },
  to: { path: folder(ROWS.slice(0, index + 1).flat()) },
}));

const sideways = ROWS.filter((row) => row.length > 1).flatMap((row) =>
  row.map((name) => ({
    name: `no-sideways-from-${name}`,
    severity: 'error',
    from: { path: `^src/${name}/` },
    to: { path: folder(row.filter((other) => other !== name)) },
  })),
);

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...upward,
    ...sideways,
    {
      name: 'repositories-are-private',
      comment: 'All SQL of a module is private to it: other modules ask its service.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '\\.(repository|entity|queries)\\.ts$', pathNot: '^src/$1/' },
    },
    { name: 'no-barrels', severity: 'error', from: {}, to: { path: '(^|/)index\\.ts$', pathNot: 'node_modules' } },
    {
      name: 'kernel-and-vietqr-are-plain',
      severity: 'error',
      from: { path: '^src/(kernel|vietqr)/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/(@nestjs|fastify|typeorm|pg)/' },
    },
    {
      name: 'not-from-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^dist/' },
  },
};
