import { Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { fieldProblems, RequestInvalid } from './http.errors';

/** Checks every `@Body`, `@Query` and `@Param` that names a zod schema; refuses with all wrong fields at once. */
@Injectable()
export class RequestSchemaPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues) => new RequestInvalid(fieldProblems(issues as readonly z.core.$ZodIssue[])) });
  }

  /**
   * Nest would take `prototype`, `constructor` and `__proto__` out and say nothing. Bodies that reach prototypes are
   * refused unread (json-body.ts), queries have none to reach, and here such a name is unknown like any other.
   */
  protected override stripProtoKeys(): void {
    return undefined;
  }
}
