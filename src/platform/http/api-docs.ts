import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { buildOpenApi } from './openapi';

const PAGE = '/api/docs';
const STYLE = '/api/docs.css';

/** What the page of Swagger UI writes into its HTML, where our policy allows no style. */
const STYLE_TEXT = `html { box-sizing: border-box; overflow-y: scroll; }
*, *::before, *::after { box-sizing: inherit; }
body { margin: 0; background: #fafafa; }
body > svg { position: absolute; width: 0; height: 0; }
`;

/** Serves the OpenAPI document at /api/openapi.json and, readable to a person, at /api/docs. */
export function serveApiDocs(app: NestFastifyApplication): void {
  const document = buildOpenApi(app);
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Chợ 4.0 API',
    customCssUrl: STYLE,
    // Nobody outside is asked whether the document is good.
    // The plain layout: the bar of the other one brings a style of its own.
    swaggerOptions: { tryItOutEnabled: false, supportedSubmitMethods: [], validatorUrl: null, layout: 'BaseLayout' },
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get(STYLE, (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE_TEXT));
  fastify.addHook('onSend', async ({ routeOptions }, _reply, payload) => {
    const isPage = routeOptions.url === PAGE || routeOptions.url === `${PAGE}/`;
    return isPage && typeof payload === 'string' ? withoutInlineStyle(payload) : payload;
  });
}

function withoutInlineStyle(html: string): string {
  return html.replaceAll(/<style>.*?<\/style>/gs, '').replaceAll(/ style="[^"]*"/g, '');
}
