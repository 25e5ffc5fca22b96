import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { printText } from './json-lines';

/** `openapi`: the document that docs/openapi.json holds; needs no database. */
export function registerOpenApiCommands(program: Command): void {
  program
    .command('openapi')
    .description('Print the OpenAPI document of the HTTP API')
    .option('--out <file>', 'write it there instead')
    .action(async ({ out }: { readonly out?: string }) => {
      const { describeApi } = await import('./describe-api.js');
      const text = `${JSON.stringify(await describeApi(), null, 2)}\n`;
      if (out === undefined) await printText(text);
      else writeFileSync(out, text);
    });
}
