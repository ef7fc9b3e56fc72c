import type { Cell } from '../../core/cell.ts';
import type { HttpApi, HttpStage } from '../../world/apis/http-api.ts';
import type { PrivateLink } from '../../world/apis/private-link.ts';
import { notFound } from './errors.ts';

type Id = string | undefined;

/** @throws AwsError `NotFoundException` */
export function findApi({ apis }: Cell, id: Id): HttpApi {
  const found = apis.httpApis.get(id ?? '');
  if (!found) throw notFound(`Invalid API identifier specified ${id}`);
  return found;
}

/** One of an API's things by its id; `kind` is what the error calls it. */
export function find<T>(things: ReadonlyMap<string, T>, id: Id, kind: string): T {
  const found = things.get(id ?? '');
  if (!found) throw notFound(`Invalid ${kind} identifier specified ${id}`);
  return found;
}

/** @throws AwsError `NotFoundException` */
export function findStage(api: HttpApi, name: Id): HttpStage {
  const found = api.stages.get(name ?? '');
  if (!found) throw notFound('Invalid stage identifier specified');
  return found;
}

/** @throws AwsError `NotFoundException` */
export function findLink({ apis }: Cell, id: Id): PrivateLink {
  const found = apis.privateLinks.get(id ?? '');
  if (!found) throw notFound(`Invalid VpcLink identifier specified ${id}`);
  return found;
}
