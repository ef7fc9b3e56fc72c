import { AwsError } from '../core/aws-error.ts';
import type { HttpAnswer } from '../core/http-route.ts';
import type { ServiceModel } from '../core/service.ts';
import { operationsOf } from './operation-schema.ts';
import { type Dialect, decodeQuery } from './query-decoder.ts';
import { queryErrorCode } from './query-error.ts';
import type { WireProtocol } from './wire-protocol.ts';
import { element, encodeMembers, escapeXml } from './xml-encoder.ts';

export function queryProtocol(dialect: Dialect): WireProtocol {
  return {
    read({ model }, request) {
      const form = new URLSearchParams(Buffer.from(request.body).toString());
      for (const [name, value] of request.query) form.append(name, value);
      const name = form.get('Action') ?? '';
      const operation = operationsOf(model).get(name);
      return { name, operation, input: operation && decodeQuery(operation.input, form, dialect) };
    },
    answer(model, operation, output, requestId) {
      const content = encodeMembers(operation.output, output ?? {});
      const body =
        dialect === 'ec2-query'
          ? element('requestId', requestId) + content
          : element(`${operation.name}Result`, content) + metadata(requestId);
      return xml(200, requestId, element(`${operation.name}Response`, body, namespace(model)));
    },
    fail(told, requestId, model) {
      const error = inQuery(told, model);
      const body =
        dialect === 'ec2-query'
          ? element('Response', element('Errors', describe(error, '')) + element('RequestID', requestId))
          : element(
              'ErrorResponse',
              describe(error, fault(error)) + element('RequestId', requestId),
              namespace(model),
            );
      return xml(error.status, requestId, body);
    },
  };
}

/** Where there are newer protocols besides, errors go by the name of their shape; this one has its own codes. */
function inQuery(error: AwsError, model: ServiceModel | undefined): AwsError {
  const code = model?.alsoSpeaks && queryErrorCode(model, error.code);
  return code === undefined ? error : new AwsError(code, error.message, error.status);
}

function describe(error: AwsError, type: string): string {
  return element('Error', type + element('Code', error.code) + element('Message', escapeXml(error.message)));
}

function fault(error: AwsError): string {
  return element('Type', error.status < 500 ? 'Sender' : 'Receiver');
}

function metadata(requestId: string): string {
  return element('ResponseMetadata', element('RequestId', requestId));
}

function namespace(model: ServiceModel | undefined): string {
  return ` xmlns="${model?.xmlNamespace ?? ''}"`;
}

function xml(status: number, requestId: string, document: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${document}`,
  };
}
