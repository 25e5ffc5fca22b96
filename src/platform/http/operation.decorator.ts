import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiOperation, type ApiOperationOptions, ApiResponse, ApiSecurity } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { z } from 'zod';
import type { Permission } from '../../kernel/permissions';

/** Who an operation is for. Nothing is reachable that has not said so: the guard refuses a route without it. */
export type Audience = 'public' | 'staff' | 'bank' | 'vendor';

export const AUDIENCE = Symbol('audience');
export const PERMISSION = Symbol('permission');
export const STEP_UP = Symbol('step-up');

/** What every operation says of itself. */
interface OperationFacts {
  /** Unique, camelCase: the name of the function in generated clients. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** Success status; 200 unless told. */
  readonly status?: number;
  /** Shape of the JSON answer; absent for an empty one (204). */
  readonly answer?: z.ZodType;
  /** Shape of the answer 202, where the operation may have to wait for a second person. */
  readonly waits?: z.ZodType;
  /** For answers that are files: their media types instead of `answer`. */
  readonly files?: readonly string[];
  /** Stable codes this operation may refuse with, beside the general ones. */
  readonly refusals?: readonly string[];
  /**
   * The handler reads the body as a stream: no parser and no size limit before it. What it takes, by media type, since
   * there is no `@Body` to tell.
   */
  readonly streams?: Readonly<Record<string, StreamedBody>>;
  /** The handler reads one file by `readUpload`: of a multipart form, or the body as text/csv. */
  readonly takesFile?: boolean;
}

/** Operations for staff name the permission they need; the others are told apart by who proves to be whom. */
export type Operation = OperationFacts &
  (
    | { readonly audience: 'staff'; readonly permission: Permission; readonly stepUp?: boolean }
    | { readonly audience: Exclude<Audience, 'staff'> }
  );

export interface StreamedBody {
  /** Absent for text that is no JSON. */
  readonly schema?: z.ZodType;
  readonly example: unknown;
}

const SCHEME: Record<Exclude<Audience, 'public'>, string> = {
  staff: 'session',
  bank: 'httpSignature',
  vendor: 'vendorLink',
};

/** Access rule, status and documentation of one controller method, in one place. */
export function Operation(operation: Operation): MethodDecorator {
  const permission = operation.audience === 'staff' ? operation.permission : undefined;
  const stepUp = operation.audience === 'staff' && operation.stepUp === true;
  const { audience, status = 200, answer, waits, files, streams, takesFile } = operation;
  const refusals = operation.refusals?.map((code) => `\`${code}\``).join(', ');
  const description = [operation.description, refusals && `Refusals: ${refusals}.`].filter(Boolean).join('\n\n');
  const success = files
    ? { content: Object.fromEntries(files.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])) }
    : answer && { standardSchema: answer };
  return applyDecorators(
    SetMetadata(AUDIENCE, audience),
    SetMetadata(PERMISSION, permission),
    SetMetadata(STEP_UP, stepUp),
    HttpCode(status),
    ApiOperation({
      operationId: operation.id,
      summary: operation.summary,
      ...(description && { description }),
      ...(audience === 'public' && { security: [] }),
      ...(streams && { requestBody: { required: true, content: contentOf(streams) } }),
    }),
    ApiResponse({ status, description: 'Success', ...success }),
    ...(waits ? [ApiResponse({ status: 202, description: 'Waits for a second person', standardSchema: waits })] : []),
    ...(permission ? [ApiExtension('x-permission', permission)] : []),
    ...(stepUp ? [ApiExtension('x-step-up', true)] : []),
    ...(audience === 'public' ? [] : [ApiSecurity(SCHEME[audience])]),
    ...(streams ? [RouteConfig({ streamsBody: true })] : []),
    ...(takesFile ? [RouteConfig({ takesFile })] : []),
  );
}

type RequestBody = Extract<NonNullable<ApiOperationOptions['requestBody']>, { content: unknown }>;

function contentOf(streams: Readonly<Record<string, StreamedBody>>): RequestBody['content'] {
  const media = Object.entries(streams).map(([type, { schema, example }]) => {
    const { $schema: _dialect, ...json } = schema ? z.toJSONSchema(schema, { io: 'input' }) : { type: 'string' };
    return [type, { schema: json as object, example }] as const;
  });
  return Object.fromEntries(media);
}
