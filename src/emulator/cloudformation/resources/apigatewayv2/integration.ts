import { readRecords, readText } from '../../properties.ts';
import type { ResourceProvider } from '../../resource-provider.ts';
import { isRecord, type Properties } from '../../template/template.ts';
import { inApi } from './in-api.ts';

/** `AWS::ApiGatewayV2::Integration` */
export const httpIntegration: ResourceProvider = inApi({
  id: 'IntegrationId',
  create: 'CreateIntegration',
  update: 'UpdateIntegration',
  remove: 'DeleteIntegration',
  asCalled,
});

/** Templates list response parameters, where calls map them. */
function asCalled(properties: Properties): Properties {
  if (!isRecord(properties.ResponseParameters)) return properties;
  const byStatus = Object.entries(properties.ResponseParameters).map(([status, held]) => {
    const list = readRecords(isRecord(held) ? held : {}, 'ResponseParameters');
    const mappings = list.map((item) => [
      readText(item, 'Destination') ?? '',
      readText(item, 'Source') ?? '',
    ]);
    return [status, Object.fromEntries(mappings)];
  });
  return { ...properties, ResponseParameters: Object.fromEntries(byStatus) };
}
