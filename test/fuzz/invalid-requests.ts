import fc from 'fast-check';
import type { FuzzRequest } from './callers';
import type { DocumentedOperation } from './documented';
import { type GoodRequest, requestWith, withId } from './good-request';
import { spoiledBodies, spoiledQueries, strangeIds } from './spoil';

type Kind = fc.WeightedArbitrary<FuzzRequest>;

/** Requests that the document does not allow; null for an operation that takes nothing. */
export function invalidRequests(documented: DocumentedOperation, good: GoodRequest): fc.Arbitrary<FuzzRequest> | null {
  const kinds = [...bodies(documented, good), ...queries(documented, good), ...ids(documented, good)];
  return kinds.length > 0 ? fc.oneof(...kinds) : null;
}

function bodies({ body }: DocumentedOperation, good: GoodRequest): Kind[] {
  if (body) {
    const spoiled = spoiledBodies(body, good.json);
    return [{ weight: 6, arbitrary: spoiled.map((value) => requestWith(good, { body: JSON.stringify(value) })) }];
  }
  if (good.body === undefined) return [];
  // Any text is a list without the columns that it must have.
  const texts = fc.string({ unit: 'grapheme', maxLength: 300 });
  return [{ weight: 6, arbitrary: texts.map((text) => requestWith(good, { body: text })) }];
}

function queries({ parameters }: DocumentedOperation, good: GoodRequest): Kind[] {
  const own = parameters.filter((parameter) => parameter.in === 'query');
  if (own.length === 0) return [];
  const spoiled = spoiledQueries(own, good.query);
  return [{ weight: 3, arbitrary: spoiled.map((query) => requestWith(good, { query })) }];
}

function ids({ parameters }: DocumentedOperation, good: GoodRequest): Kind[] {
  return parameters
    .filter((parameter) => parameter.in === 'path')
    .map((parameter) => {
      const right = good.segments[good.template.indexOf(`{${parameter.name}}`)] ?? '';
      const strange = strangeIds(parameter, right);
      return {
        weight: 1,
        arbitrary: strange.map((text) => requestWith(good, { segments: withId(good, parameter.name, text) })),
      };
    });
}
