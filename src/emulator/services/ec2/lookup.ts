import { AwsError } from '../../core/aws-error.ts';

/**
 * The thing of an id that a call names.
 *
 * @throws AwsError `<code>.NotFound`, as `InvalidVpcID.NotFound`
 */
export function find<T>(
  things: ReadonlyMap<string, T>,
  id: string | undefined,
  code: string,
  noun: string,
): T {
  const thing = things.get(id ?? '');
  if (thing === undefined) throw new AwsError(`${code}.NotFound`, `The ${noun} '${id}' does not exist`);
  return thing;
}

/**
 * The things that a `Describe…` asks for by id, or all of them.
 *
 * @throws AwsError as `find` does
 */
export function findAll<T>(
  things: ReadonlyMap<string, T>,
  ids: readonly string[] | undefined,
  code: string,
  noun: string,
): T[] {
  if (ids === undefined || ids.length === 0) return [...things.values()];
  return ids.map((id) => find(things, id, code, noun));
}
