import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';
import { badRequest } from './errors.ts';
import { findApi, findLink, findStage } from './lookup.ts';

export const tags: Operations<ApiGatewayV2> = {
  TagResource({ ResourceArn, Tags = {} }, { cell }) {
    const held = taggedAt(cell, ResourceArn);
    for (const [key, value] of Object.entries(Tags)) held.set(key, value);
    return {};
  },
  UntagResource({ ResourceArn, TagKeys = [] }, { cell }) {
    const held = taggedAt(cell, ResourceArn);
    for (const key of TagKeys) held.delete(key);
    return {};
  },
  GetTags({ ResourceArn }, { cell }) {
    return { Tags: Object.fromEntries(taggedAt(cell, ResourceArn)) };
  },
};

/** What an ARN such as `arn:aws:apigateway:us-east-1::/apis/<id>/stages/<name>` names. */
function taggedAt(cell: Cell, resourceArn = ''): Map<string, string> {
  const [, kind, id, part, name] =
    /^arn:[^:]+:apigateway:[^:]*::(\/.*)$/.exec(resourceArn)?.[1]?.split('/') ?? [];
  if (kind === 'apis' && part === 'stages') return findStage(findApi(cell, id), name).tags;
  if (kind === 'apis' && part === undefined) return findApi(cell, id).tags;
  if (kind === 'vpclinks') return findLink(cell, id).tags;
  throw badRequest(`Invalid ARN specified in the request: ${resourceArn}`);
}
