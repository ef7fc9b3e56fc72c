import { AwsError } from '../../core/aws-error.ts';
import { execute } from '../../core/execute.ts';
import { uuid } from '../../core/random.ts';
import { lambda } from '../../services/lambda/index.ts';
import { requireText } from '../properties.ts';
import {
  type ProvidedResource,
  type ResourceContext,
  ResourceFailure,
  type ResourceProvider,
} from '../resource-provider.ts';
import type { Properties } from '../template/template.ts';
import { openCallback } from './callback.ts';
import { type CustomResourceRequest, stringified } from './request.ts';
import { type CustomResourceResponse, readResponse } from './response.ts';

const defaultTimeoutSeconds = 3600;

type Asked = Pick<CustomResourceRequest, 'RequestType' | 'PhysicalResourceId' | 'OldResourceProperties'>;

/** `AWS::CloudFormation::CustomResource` and `Custom::*`: a function is asked, and answers by HTTP. */
export const customResource: ResourceProvider = {
  async create(properties, context) {
    const generated = context.physicalName(128);
    const response = await ask({ RequestType: 'Create' }, properties, context).catch((error: unknown) => {
      // A function that was asked may have made something: it is sent a Delete, by the only id there is.
      if (!(error instanceof NotAsked)) context.initiated(generated);
      throw error;
    });
    if (response.failure !== undefined) context.initiated(response.physicalId ?? generated);
    return provided(response, generated);
  },

  async update(physicalId, properties, previous, context) {
    if (properties.ServiceToken !== previous.ServiceToken) {
      throw new ResourceFailure('Modifying service token is not allowed.');
    }
    const asked: Asked = {
      RequestType: 'Update',
      PhysicalResourceId: physicalId,
      OldResourceProperties: stringified(previous),
    };
    return provided(await ask(asked, properties, context), physicalId);
  },

  async delete(physicalId, properties, context) {
    provided(
      await ask({ RequestType: 'Delete', PhysicalResourceId: physicalId }, properties, context),
      physicalId,
    );
  },
};

/** The function could not be invoked: there is nothing to undo. */
class NotAsked extends ResourceFailure {}

async function ask(
  asked: Asked,
  properties: Properties,
  context: ResourceContext,
): Promise<CustomResourceResponse> {
  const { cell, stackId, logicalId } = context;
  const requestId = uuid(cell.random);
  const callback = openCallback(cell, stackId, logicalId, requestId);
  const request: CustomResourceRequest = {
    ...asked,
    ServiceToken: serviceToken(properties),
    ResponseURL: callback.url,
    StackId: stackId,
    RequestId: requestId,
    LogicalResourceId: logicalId,
    ResourceType: context.type,
    ResourceProperties: stringified(properties),
  };
  await invoke(request, context);
  const response = readResponse(await callback.response(timeoutOf(properties), context.signal), request);
  return {
    ...response,
    ...(response.failure === undefined ? {} : { failure: told(response.failure, requestId) }),
  };
}

async function invoke(request: CustomResourceRequest, { call }: ResourceContext): Promise<void> {
  const Payload = new TextEncoder().encode(JSON.stringify(request));
  try {
    await execute(
      lambda,
      'Invoke',
      { FunctionName: request.ServiceToken, InvocationType: 'Event', Payload },
      call,
    );
  } catch (error) {
    throw error instanceof AwsError ? new NotAsked(`${error.message} (Error Code: ${error.code})`) : error;
  }
}

function serviceToken(properties: Properties): string {
  const token = requireText(properties, 'ServiceToken');
  if (/^arn:[\w-]+:lambda:/.test(token)) return token;
  throw new NotAsked(`Invalid ServiceToken ${token}: this local AWS invokes functions only`);
}

function timeoutOf({ ServiceTimeout: seconds = defaultTimeoutSeconds }: Properties): number {
  return Number(seconds) * 1000;
}

function provided({ physicalId, failure, data }: CustomResourceResponse, fallback: string): ProvidedResource {
  if (failure !== undefined) throw new ResourceFailure(failure);
  return { physicalId: physicalId ?? fallback, attributes: data };
}

function told(reason: string, requestId: string): string {
  return `Received response status [FAILED] from custom resource. Message returned: ${reason} (RequestId: ${requestId})`;
}
