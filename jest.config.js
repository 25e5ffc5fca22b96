/** Packages published as ES modules only: jest runs CommonJS, so they are transformed like our own code. */
const swc = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      target: 'es2023',
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];
const esm = [
  '@swc/jest',
  { jsc: { parser: { syntax: 'ecmascript' }, target: 'es2023' }, module: { type: 'commonjs' } },
];

/** @type {import('jest').Config} */
const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '\\.ts$': swc, '\\.m?js$': esm },
  transformIgnorePatterns: [
    '/node_modules/(?!(?:@nestjs|@otplib|@scure|@noble|uuid|zxing-wasm|@hyzyla|file-type|strtok3|token-types|uint8array-extras|http-message-signatures|structured-headers|content-disposition|@fastify/cookie|cookie|openid-client|oauth4webapi|jose)/)',
  ],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
};

/** One PostgreSQL for the run; every test file clones its own database from a migrated template. */
const withPostgres = {
  globalSetup: '<rootDir>/test/database/global-setup.ts',
  globalTeardown: '<rootDir>/test/database/global-teardown.ts',
};

/** @type {import('jest').Config} */
module.exports = {
  // Also on two cores: a worker that has grown is replaced, where one process for all files would grow to the end.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1500MB',
  // On a machine of two cores the files run in jest's own process, where native libraries are loaded; Node 20 has been
  // seen to wait for ever for one of their handles after the last result was written.
  forceExit: true,
  // A limit against hanging, not a measure: a shared machine may be busy.
  testTimeout: 30_000,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    { ...shared, displayName: 'web', testMatch: ['<rootDir>/web/src/**/*.spec.ts'] },
    { ...shared, ...withPostgres, displayName: 'medium', testMatch: ['<rootDir>/test/medium/**/*.spec.ts'] },
    { ...shared, ...withPostgres, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'] },
    {
      ...shared,
      ...withPostgres,
      displayName: 'story',
      globalSetup: '<rootDir>/test/story/global-setup.ts',
      testMatch: ['<rootDir>/test/story/**/*.spec.ts'],
    },
  ],
};
