import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { buildOpenApi } from './openapi';

/** Serves the OpenAPI document at /api/openapi.json and, readable to a person, at /api/docs. */
export function serveApiDocs(app: NestFastifyApplication): void {
  const document = buildOpenApi(app);
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Chợ 4.0 API',
    swaggerOptions: { tryItOutEnabled: false, supportedSubmitMethods: [] },
  });
}
