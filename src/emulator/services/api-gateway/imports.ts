import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../core/service.ts';
import { findRestApi } from './lookup.ts';
import { importRestApi } from './open-api/import-rest-api.ts';
import { describeRestApi, newRestApi } from './rest-apis.ts';

export const imports: Operations<APIGateway> = {
  ImportRestApi({ body, parameters = {} }, { cell }) {
    const api = newRestApi(cell, { name: 'imported' });
    importRestApi(cell, api, { body: textOf(body as Uint8Array), mode: 'overwrite', parameters });
    cell.apis.restApis.set(api.id, api);
    return describeRestApi(api);
  },
  PutRestApi({ restApiId, body, mode = 'merge', parameters = {} }, { cell }) {
    const api = findRestApi(cell, restApiId);
    importRestApi(cell, api, { body: textOf(body as Uint8Array), mode, parameters });
    return describeRestApi(api);
  },
};

function textOf(body: Uint8Array | undefined): string {
  return Buffer.from(body ?? []).toString();
}
