import * as z from 'zod/mini';
import { parseAddress } from '../engine/address.ts';
import type { BindingConfig, Config } from './config.ts';

const elbArn = 'arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}';
const loadBalancerArn = new RegExp(`^${elbArn}:loadbalancer/(app|net)/[A-Za-z0-9-]+/[0-9a-f]+$`);
const targetGroupArn = new RegExp(`^${elbArn}:targetgroup/[A-Za-z0-9-]+/[0-9a-f]+$`);

const port = z.int().check(z.minimum(1), z.maximum(65_535));
const address = z
  .string()
  .check(z.refine((text) => parseAddress(text) !== undefined, 'expected an ip address'));

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
  source: z.discriminatedUnion('type', [loadBalancerSource, staticSource]),
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
