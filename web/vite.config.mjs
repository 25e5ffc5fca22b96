import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console as static files in `dist/web`; the HTTP process serves them and fills in the nonce per request. */
const config = defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Ant Design writes style tags at run time: under `default-src 'self'` they need the nonce of the request.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // A font or picture inside a data: URL would fall under the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});

export default config;
