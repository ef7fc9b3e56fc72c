import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { Operations } from '../../core/service.ts';
import { notFound } from './errors.ts';
import { findRestApi } from './lookup.ts';
import { applyPatches, asBoolean } from './patch.ts';

export const requestValidators: Operations<APIGateway> = {
  CreateRequestValidator({ restApiId, ...settings }, { cell }) {
    const api = findRestApi(cell, restApiId);
    const validator = { validateRequestBody: false, validateRequestParameters: false, ...settings };
    const id = cell.apis.newId();
    api.requestValidators.set(id, { ...validator, id });
    return { ...validator, id };
  },
  GetRequestValidator({ restApiId, requestValidatorId = '' }, { cell }) {
    const found = findRestApi(cell, restApiId).requestValidators.get(requestValidatorId);
    if (!found) throw notFound('Invalid Request Validator identifier specified');
    return found;
  },
  GetRequestValidators({ restApiId }, { cell }) {
    return { items: [...findRestApi(cell, restApiId).requestValidators.values()] };
  },
  UpdateRequestValidator({ restApiId, requestValidatorId = '', patchOperations }, { cell }) {
    const found = findRestApi(cell, restApiId).requestValidators.get(requestValidatorId);
    if (!found) throw notFound('Invalid Request Validator identifier specified');
    applyPatches(found, patchOperations, {
      '/validateRequestBody': (validator, value) => {
        validator.validateRequestBody = asBoolean(value);
      },
      '/validateRequestParameters': (validator, value) => {
        validator.validateRequestParameters = asBoolean(value);
      },
    });
    return found;
  },
  DeleteRequestValidator({ restApiId, requestValidatorId = '' }, { cell }) {
    if (!findRestApi(cell, restApiId).requestValidators.delete(requestValidatorId)) {
      throw notFound('Invalid Request Validator identifier specified');
    }
    return {};
  },
};
