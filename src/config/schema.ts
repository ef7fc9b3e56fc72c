import * as z from 'zod/mini';
import { parseAddress } from '../engine/address.ts';
import { parseSocketAddress } from '../engine/socket-address.ts';
import type { BindingConfig, Config } from './config.ts';

const elbArn = 'arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}';
const loadBalancerArn = new RegExp(`^${elbArn}:loadbalancer/(app|net)/[A-Za-z0-9-]+/[0-9a-f]+$`);
const targetGroupArn = new RegExp(`^${elbArn}:targetgroup/[A-Za-z0-9-]+/[0-9a-f]+$`);

const port = z.int().check(z.minimum(1), z.maximum(65_535));
const address = z
  .string()
  .check(z.refine((text) => parseAddress(text) !== undefined, 'expected an ip address'));

const nameServers = z
  .array(
    z
      .string()
      .check(
        z.refine(
          (text) => parseSocketAddress(text) !== undefined,
          'expected an ip address, and a port if need be: 10.0.0.2 or 10.0.0.2:53',
        ),
      ),
  )
  .check(z.minLength(1));

const dnsLabel = '[A-Za-z0-9_][A-Za-z0-9_-]{0,62}';

/** Letters, digits, hyphens and underscores between dots: as DNS is asked for it. */
const dnsName = z.string().check(
  z.maxLength(253),
  z.regex(new RegExp(`^${dnsLabel}(\\.${dnsLabel})*\\.?$`), 'expected a dns name'),
  z.refine(
    (text) => parseAddress(text) === undefined,
    'expected a dns name, not an address: use type static',
  ),
);

/** Ids of one kind of resource, as many as a filter takes. */
const idsOf = (prefix: string, noun: string): z.ZodMiniArray<z.ZodMiniString> =>
  z.array(idOf(prefix, noun)).check(z.minLength(1), z.maxLength(200));

const idOf = (prefix: string, noun: string): z.ZodMiniString =>
  z.string().check(z.regex(new RegExp(`^${prefix}-[0-9a-f]+$`), `expected the id of a ${noun}`));

const loadBalancerSource = z
  .strictObject({
    type: z.literal('load-balancer'),
    arn: z.optional(
      z
        .string()
        .check(z.regex(loadBalancerArn, 'expected the arn of an application or network load balancer')),
    ),
    description: z.optional(z.string().check(z.trim(), z.minLength(1))),
    earlyDrain: z.optional(z.boolean()),
    nameServers: z.optional(nameServers),
  })
  .check(
    z.refine(
      ({ arn, description }) => (arn === undefined) !== (description === undefined),
      'expected either arn or description',
    ),
  );

const staticSource = z.strictObject({
  type: z.literal('static'),
  addresses: z.array(address).check(z.minLength(1)),
});

const dnsSource = z.strictObject({
  type: z.literal('dns'),
  name: dnsName,
  family: z.optional(z.enum(['ipv4', 'ipv6', 'both'])),
  servers: z.optional(nameServers),
});

const vpcEndpointSource = z.strictObject({
  type: z.literal('vpc-endpoint'),
  id: idOf('vpce', 'vpc endpoint'),
});

const networkInterfacesSource = z
  .strictObject({
    type: z.literal('network-interfaces'),
    tags: z.optional(z.record(z.string().check(z.minLength(1), z.maxLength(128)), z.string())),
    securityGroupIds: z.optional(idsOf('sg', 'security group')),
    subnetIds: z.optional(idsOf('subnet', 'subnet')),
    vpcId: z.optional(idOf('vpc', 'vpc')),
  })
  .check(
    z.refine(
      ({ tags = {}, securityGroupIds, subnetIds }) =>
        Object.keys(tags).length > 0 || securityGroupIds !== undefined || subnetIds !== undefined,
      'expected at least one of tags, securityGroupIds and subnetIds',
    ),
  );

const partSource = z.discriminatedUnion('type', [
  loadBalancerSource,
  dnsSource,
  vpcEndpointSource,
  networkInterfacesSource,
  staticSource,
]);

const mergedSource = z.strictObject({
  type: z.literal('merged'),
  sources: z.array(partSource).check(z.minLength(2)),
});

const targetGroupSink = z.strictObject({
  type: z.literal('target-group'),
  arn: z.string().check(z.regex(targetGroupArn, 'expected the arn of a target group')),
  port,
});

const securityGroupSink = z.strictObject({
  type: z.literal('security-group'),
  id: z.string().check(z.regex(/^sg-[0-9a-f]+$/, 'expected the id of a security group')),
  port,
  protocol: z.optional(z.enum(['tcp', 'udp'])),
});

const policy = z.strictObject({
  mode: z.enum(['sync', 'upsert-only']),
  minHealthyPercent: z.optional(z.int().check(z.minimum(0), z.maximum(100))),
  maxRemovals: z.optional(z.int().check(z.minimum(1))),
});

const binding = z.strictObject({
  // Goes into the description of security-group rules, where AWS allows little else.
  name: z
    .string()
    .check(
      z.regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/,
        'expected letters, digits, dots, hyphens and underscores',
      ),
    ),
  source: z.discriminatedUnion('type', [...partSource.def.options, mergedSource]),
  sink: z.discriminatedUnion('type', [targetGroupSink, securityGroupSink]),
  policy,
});

/** The one schema of the configuration: objects are strict, so that a misspelt setting is a problem, not a default. */
export const configSchema: z.ZodMiniType<Config> = z.strictObject({
  bindings: z.array(binding).check(
    z.minLength(1),
    onlyOnce('name', ({ name }) => name, 'expected a name that no other binding has'),
    onlyOnce(
      'sink',
      exclusivePart,
      "expected a target group and port that no other binding in mode 'sync' has",
    ),
  ),
});

/** Every binding that repeats the key of an earlier one is a problem, at the binding's `path`. */
function onlyOnce(
  path: 'name' | 'sink',
  keyOf: (binding: BindingConfig) => string | undefined,
  message: string,
): z.core.$ZodCheck<BindingConfig[]> {
  return z.check((payload) => {
    const keys = payload.value.map(keyOf);
    keys.forEach((key, index) => {
      if (key === undefined || keys.indexOf(key) === index) return;
      payload.issues.push({ code: 'custom', input: key, path: [index, path], message });
    });
  });
}

/** The part of a sink that a binding has to itself: two that sync the same would undo each other's work. */
function exclusivePart({ sink, policy }: BindingConfig): string | undefined {
  return sink.type === 'target-group' && policy.mode === 'sync' ? `${sink.arn}:${sink.port}` : undefined;
}
