import { Token } from 'aws-cdk-lib';
import type { BindingConfig } from '../../config/config.ts';
import { parseConfig } from '../../config/parse-config.ts';

/**
 * Checks a binding at synthesis as the function will when it runs. What only the deployment knows is taken for valid.
 *
 * @throws AlbridgeError that names every problem
 */
export function checkBinding(binding: BindingConfig, origin: string): void {
  // Out and in again as JSON, which is how the function gets it: without what is undefined.
  parseConfig({ bindings: [JSON.parse(JSON.stringify(known(binding)))] }, origin);
}

/** Stands for a value that is known once the stack is deployed. */
const samples: Readonly<Record<string, string>> = {
  'load-balancer.arn': `arn:aws:elasticloadbalancing:us-east-1:${'0'.repeat(12)}:loadbalancer/app/sample/#`,
  'target-group.arn': `arn:aws:elasticloadbalancing:us-east-1:${'0'.repeat(12)}:targetgroup/sample/#`,
  'role.arn': `arn:aws:iam::${'0'.repeat(12)}:role/sample`,
  'vpc-endpoint.id': 'vpce-0',
  'security-group.id': 'sg-0',
  'prefix-list.id': 'pl-0',
  securityGroupIds: 'sg-0',
  subnetIds: 'subnet-0',
  vpcId: 'vpc-0',
  addresses: '192.0.2.1',
  servers: '192.0.2.1',
  nameServers: '192.0.2.1',
};

type Fields = Readonly<Record<string, unknown>>;

/** A part of the binding with samples for all tokens. */
function known(part: object, key = ''): object {
  const type = 'type' in part ? String(part.type) : key;
  const fields = Object.entries(part).flatMap(([field, value]) => {
    // Whether the two agree, only the deployment can tell.
    if (field === 'region' && isUnknownOrOfUnknown(part as Fields)) return [];
    return [[field, knownValue(value, `${type}.${field}`, field)]];
  });
  return Object.fromEntries(fields);
}

function isUnknownOrOfUnknown({ arn, region }: Fields): boolean {
  return Token.isUnresolved(arn) || Token.isUnresolved(region);
}

function knownValue(value: unknown, path: string, field: string): unknown {
  if (Array.isArray(value)) {
    if (Token.isUnresolved(value)) return [samples[field] ?? 'sample'];
    // Each its own sample would need an end to them, and each the same would repeat: so one stands for all.
    const resolved = value.filter((item) => !Token.isUnresolved(item));
    const items = resolved.length < value.length ? [...resolved, sampleOf(value, path, field)] : resolved;
    return items.map((item) => knownValue(item, path, field));
  }
  if (Token.isUnresolved(value)) return sampleOf(value, path, field);
  return typeof value === 'object' && value !== null ? known(value, field) : value;
}

function sampleOf(value: unknown, path: string, field: string): unknown {
  if (typeof value === 'number') return 1;
  const sample = samples[path] ?? samples[field] ?? 'sample';
  return sample.replace('#', numberOf(value));
}

/** Two that are the same stay the same, and two that are not stay apart. */
function numberOf(token: unknown): string {
  return String(token).replaceAll(/[^0-9]/g, '') || '0';
}
