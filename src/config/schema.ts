import * as z from 'zod/mini';
import { parseAddress } from '../engine/address.ts';
import { parseSocketAddress } from '../engine/socket-address.ts';
import type { BindingConfig, Config, TargetGroupSinkConfig } from './config.ts';
import { type PassConfig, passesOf } from './passes-of.ts';

const elbArn = 'arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}';
const loadBalancerArn = new RegExp(`^${elbArn}:loadbalancer/(app|net)/[A-Za-z0-9-]+/[0-9a-f]+$`);
const targetGroupArn = new RegExp(`^${elbArn}:targetgroup/[A-Za-z0-9-]+/[0-9a-f]+$`);

const port = z.int().check(z.minimum(1), z.maximum(65_535));
const address = z
  .string()
  .check(
    z.refine(
      (text) => parseAddress(text) !== undefined,
      said('expected an ip address', { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }),
    ),
  );

const role = z.strictObject({
  arn: z
    .string()
    .check(z.regex(/^arn:[a-z-]+:iam::[0-9]{12}:role\/[\w+=,.@/-]+$/, 'expected the arn of a role')),
  externalId: z.optional(
    z.string().check(z.regex(/^[\w+=,.@:/-]{2,1224}$/, 'expected an external id as AWS STS takes it')),
  ),
  sessionName: z.optional(
    z.string().check(z.regex(/^[\w+=,.@-]{2,64}$/, 'expected a session name as AWS STS takes it')),
  ),
});

const reach = {
  region: z.optional(z.string().check(z.regex(/^[a-z]+(-[a-z]+)+-[0-9]+$/, 'expected the name of a region'))),
  role: z.optional(role),
};

const nameServers = z
  .array(
    z.string().check(
      z.refine(
        (text) => parseSocketAddress(text) !== undefined,
        said('expected an ip address, and a port if need be: 10.0.0.2 or 10.0.0.2:53', {
          pattern: String.raw`^([0-9.]+(:[0-9]{1,5})?|[0-9A-Fa-f:.]+|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?)$`,
        }),
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
    said('expected a dns name, not an address: use type static', { not: { format: 'ipv4' } }),
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
    ...reach,
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
      said('expected either arn or description', oneOf('arn', 'description')),
    ),
    ownRegion(),
  );

const staticSource = z.strictObject({
  type: z.literal('static'),
  addresses: z.array(address).check(z.minLength(1)),
});

const protocol = z.enum(['tcp', 'udp']);

const portRange = z
  .strictObject({ protocol, fromPort: port, toPort: port })
  .check(z.refine(({ fromPort, toPort }) => fromPort <= toPort, 'expected fromPort not above toPort'));

const dnsSource = z.strictObject({
  type: z.literal('dns'),
  name: dnsName,
  family: z.optional(z.enum(['ipv4', 'ipv6', 'both'])),
  servers: z.optional(nameServers),
});

const vpcEndpointSource = z.strictObject({
  type: z.literal('vpc-endpoint'),
  id: idOf('vpce', 'vpc endpoint'),
  ...reach,
});

const networkInterfacesSource = z
  .strictObject({
    type: z.literal('network-interfaces'),
    tags: z.optional(z.record(z.string().check(z.minLength(1), z.maxLength(128)), z.string())),
    securityGroupIds: z.optional(idsOf('sg', 'security group')),
    subnetIds: z.optional(idsOf('subnet', 'subnet')),
    vpcId: z.optional(idOf('vpc', 'vpc')),
    ...reach,
  })
  .check(
    z.refine(
      ({ tags = {}, securityGroupIds, subnetIds }) =>
        Object.keys(tags).length > 0 || securityGroupIds !== undefined || subnetIds !== undefined,
      said('expected at least one of tags, securityGroupIds and subnetIds', {
        anyOf: [
          { required: ['tags'], properties: { tags: { type: 'object', minProperties: 1 } } },
          { required: ['securityGroupIds'] },
          { required: ['subnetIds'] },
        ],
      }),
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
  port: z.optional(port),
  availabilityZone: z.optional(
    z
      .string()
      .check(z.regex(/^(all|none|[a-z]+(-[a-z0-9]+){2,})$/, "expected 'all', 'none' or the name of a zone")),
  ),
  ...reach,
});

const securityGroupSink = z.strictObject({
  type: z.literal('security-group'),
  id: z.string().check(z.regex(/^sg-[0-9a-f]+$/, 'expected the id of a security group')),
  port: z.optional(port),
  ports: z.optional(z.array(port).check(z.minLength(1), distinct())),
  protocol: z.optional(protocol),
  rules: z.optional(z.array(portRange).check(z.minLength(1), distinct())),
  ...reach,
});

const prefixListSink = z.strictObject({
  type: z.literal('prefix-list'),
  id: z.string().check(z.regex(/^pl-[0-9a-f]+$/, 'expected the id of a prefix list')),
  ...reach,
});

/** What a refinement demands: in words, and as JSON Schema, which cannot be read off its code. */
function said(error: string, jsonSchema: object): { error: string; params: { jsonSchema: object } } {
  return { error, params: { jsonSchema } };
}

function oneOf(...fields: string[]): { oneOf: { required: string[] }[] } {
  return { oneOf: fields.map((field) => ({ required: [field] })) };
}

function distinct(): z.core.$ZodCheck<unknown[]> {
  return z.refine(
    (items) => new Set(items.map((item) => JSON.stringify(item))).size === items.length,
    said('expected each only once', { uniqueItems: true }),
  );
}

/** A region that is given has to be that of the ARN, where there is one. */
function ownRegion(): z.core.$ZodCheck<{ arn?: string | undefined; region?: string | undefined }> {
  return z.refine(
    ({ arn, region }) => arn === undefined || region === undefined || arn.split(':')[3] === region,
    { error: 'expected the region of the arn, or none', path: ['region'] },
  );
}

function onePortSetting(): z.core.$ZodCheck<z.infer<typeof securityGroupSink>> {
  return z.refine(
    ({ port, ports, rules, protocol }) =>
      [port, ports, rules].filter((setting) => setting !== undefined).length === 1 &&
      (rules === undefined || protocol === undefined),
    said('expected one of port, ports (both with or without protocol) and rules', {
      ...oneOf('port', 'ports', 'rules'),
      not: { required: ['rules', 'protocol'] },
    }),
  );
}

const policy = z.strictObject({
  mode: z.enum(['sync', 'upsert-only']),
  minHealthyPercent: z.optional(z.int().check(z.minimum(0), z.maximum(100))),
  maxRemovals: z.optional(z.int().check(z.minimum(1))),
});

/** Goes into the description of rules and entries, where AWS allows little else. */
function nameOfAtMost(length: number): z.ZodMiniString {
  const pattern = new RegExp(`^[A-Za-z0-9][A-Za-z0-9._-]{0,${length - 1}}$`);
  return z.string().check(z.regex(pattern, 'expected letters, digits, dots, hyphens and underscores'));
}

/** What a sink has besides where it is one of several. */
const named = { name: nameOfAtMost(64), policy: z.optional(policy) };

const binding = z
  .strictObject({
    name: nameOfAtMost(128),
    source: z.discriminatedUnion('type', [...partSource.def.options, mergedSource]),
    sink: z.optional(
      z.discriminatedUnion('type', [
        targetGroupSink.check(ownRegion()),
        securityGroupSink.check(onePortSetting()),
        prefixListSink,
      ]),
    ),
    sinks: z.optional(
      z
        .array(
          z.discriminatedUnion('type', [
            z.extend(targetGroupSink, named).check(ownRegion()),
            z.extend(securityGroupSink, named).check(onePortSetting()),
            z.extend(prefixListSink, named),
          ]),
        )
        .check(z.minLength(1)),
    ),
    policy,
  })
  .check(
    z.refine(
      ({ sink, sinks }) => (sink === undefined) !== (sinks === undefined),
      said('expected either sink or sinks', oneOf('sink', 'sinks')),
    ),
  );

/** The one schema of the configuration: objects are strict, so that a misspelt setting is a problem, not a default. */
export const configSchema: z.ZodMiniType<Config> = z.strictObject({
  $schema: z.optional(z.string()),
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

/** Every pass that repeats the key of an earlier one is a problem, at the `field` of its binding or of its sink. */
function onlyOnce(
  field: 'name' | 'sink',
  keyOf: (pass: PassConfig, all: readonly PassConfig[]) => string | undefined,
  message: string,
): z.core.$ZodCheck<BindingConfig[]> {
  return z.check((payload) => {
    const all = payload.value.flatMap(passesOf);
    const keyed = payload.value.flatMap((binding, index) =>
      passesOf(binding).map((pass, place) => ({
        key: keyOf(pass, all),
        path: pathOf(binding, index, place, field),
      })),
    );
    const keys = keyed.map(({ key }) => key);
    keyed.forEach(({ key, path }, index) => {
      if (key === undefined || keys.indexOf(key) === index) return;
      payload.issues.push({ code: 'custom', input: key, path, message });
    });
  });
}

function pathOf(
  { sinks }: BindingConfig,
  index: number,
  place: number,
  field: 'name' | 'sink',
): (string | number)[] {
  if (!sinks) return [index, field];
  return [index, 'sinks', place, ...(field === 'name' ? ['name'] : [])];
}

/**
 * The part of a sink that a pass has to itself: two that sync the same would undo each other's work. The group's own
 * port may be any, so a pass for that has the whole group.
 */
function exclusivePart(pass: PassConfig, all: readonly PassConfig[]): string | undefined {
  const group = syncedGroup(pass);
  if (!group) return undefined;
  const ofGroup = all.flatMap((other) => syncedGroup(other) ?? []).filter(({ arn }) => arn === group.arn);
  return ofGroup.some(({ port }) => port === undefined) ? group.arn : `${group.arn}:${group.port}`;
}

function syncedGroup({ sink, policy }: PassConfig): TargetGroupSinkConfig | undefined {
  return sink.type === 'target-group' && policy.mode === 'sync' ? sink : undefined;
}
