import { Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { fieldProblems, RequestInvalid } from './http.errors';

/** Checks every `@Body`, `@Query` and `@Param` that names a zod schema; refuses with all wrong fields at once. */
@Injectable()
export class RequestSchemaPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => new RequestInvalid(fieldProblems(issues as readonly z.core.$ZodIssue[])) });
  }
}
