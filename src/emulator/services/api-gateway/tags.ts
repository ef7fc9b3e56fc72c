import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { badRequest } from './errors.ts';
import { findApiKey, findRestApi, findStage, findUsagePlan, findVpcLink } from './lookup.ts';

export const tags: Operations<APIGateway> = {
  TagResource({ resourceArn, tags: given = {} }, { cell }) {
    const held = taggedAt(cell, resourceArn);
    for (const [key, value] of Object.entries(given)) held.set(key, value);
    return {};
  },
  UntagResource({ resourceArn, tagKeys = [] }, { cell }) {
    const held = taggedAt(cell, resourceArn);
    for (const key of tagKeys) held.delete(key);
    return {};
  },
  GetTags({ resourceArn }, { cell }) {
    return { tags: Object.fromEntries(taggedAt(cell, resourceArn)) };
  },
};

/** What an ARN such as `arn:aws:apigateway:us-east-1::/restapis/<id>/stages/<name>` names. */
function taggedAt(cell: Cell, resourceArn = ''): Map<string, string> {
  const [, kind, id, part, name] =
    /^arn:[^:]+:apigateway:[^:]*::(\/.*)$/.exec(resourceArn)?.[1]?.split('/') ?? [];
  if (kind === 'restapis' && part === 'stages') return findStage(findRestApi(cell, id), name).tags;
  if (kind === 'restapis' && part === undefined) return findRestApi(cell, id).tags;
  if (kind === 'apikeys') return findApiKey(cell, id).tags;
  if (kind === 'usageplans') return findUsagePlan(cell, id).tags;
  if (kind === 'vpclinks') return findVpcLink(cell, id).tags;
  throw badRequest(`Invalid ARN specified in the request: ${resourceArn}`);
}
