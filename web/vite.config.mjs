import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Smaller than this a file is sent as fast without being unpacked. */
const MIN_BYTES = 1_024;

/** Puts `.br` and `.gz` beside every text file as written: the server picks one and compresses nothing itself. */
function precompressed() {
  return {
    name: 'precompressed',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      for (const fileName of Object.keys(bundle).filter((name) => /\.(?:js|css|svg)$/.test(name))) {
        const path = join(dir, fileName);
        const content = readFileSync(path);
        if (content.length < MIN_BYTES) continue;
        writeFileSync(`${path}.br`, brotliCompressSync(content));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

/** The console as static files in `dist/web`; the HTTP process serves them and fills in the nonce per request. */
const config = defineConfig({
  root: import.meta.dirname,
  plugins: [react(), precompressed()],
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
