import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { transformSync } from '@swc/core';

/** Runs our TypeScript as it stands in a child process of a test: `node test/database/run-typescript.mjs FILE.ts ARGS`. */
const options = {
  swcrc: false,
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2023',
    keepClassNames: true,
  },
  module: { type: 'commonjs', importInterop: 'node' },
  sourceMaps: 'inline',
};

const { _extensions: loaders } = Module;
const others = { ...loaders };
for (const extension of Object.keys(loaders)) delete loaders[extension];
// First, so that `./bank-directory` means the program and not the data of the same name.
loaders['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename });
  module._compile(code, filename);
};
Object.assign(loaders, others);

const [node, , file, ...rest] = process.argv;
process.argv = [node, file, ...rest];
Module.createRequire(import.meta.url)(file);
