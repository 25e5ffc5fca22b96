import { defineConfig } from '@hey-api/openapi-ts';

/** The console's client, generated from the committed document; `npm run openapi` makes both anew. */
const config = defineConfig({
  input: './docs/openapi.json',
  output: { path: './web/src/api/generated' },
  plugins: [
    '@hey-api/client-fetch',
    { name: '@hey-api/typescript', enums: false },
    { name: '@hey-api/sdk', operations: { strategy: 'flat' } },
  ],
});

export default config;
