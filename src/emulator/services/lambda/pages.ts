import { type Page, paginate } from '../../core/pagination.ts';

interface PageInput {
  Marker?: string | undefined;
  MaxItems?: number | undefined;
}

/** Lambda lists fifty at a time, however many more are asked for. */
const most = 50;

export function pageOf<T>(things: readonly T[], keyOf: (thing: T) => string, input: PageInput): Page<T> {
  return paginate(things, keyOf, {
    limit: Math.min(input.MaxItems ?? most, most),
    token: input.Marker,
    invalidToken: 'InvalidParameterValueException',
  });
}
