import { z } from 'zod';
import { AwsError } from '../../core/aws-error.ts';

type OneOrMany = string | string[];
type Principals = '*' | Record<string, OneOrMany>;
type ConditionValue = string | number | boolean;

export interface PolicyStatement {
  Sid?: string | undefined;
  Effect: 'Allow' | 'Deny';
  Principal?: Principals | undefined;
  NotPrincipal?: Principals | undefined;
  Action?: OneOrMany | undefined;
  NotAction?: OneOrMany | undefined;
  Resource?: OneOrMany | undefined;
  NotResource?: OneOrMany | undefined;
  /** Operator, then key, then the values of which one must hold. */
  Condition?: Record<string, Record<string, ConditionValue | ConditionValue[]>> | undefined;
}

const oneOrMany = z.union([z.string(), z.array(z.string())]);
const principals = z.union([z.literal('*'), z.record(z.string(), oneOrMany)]);
const conditionValue = z.union([z.string(), z.number(), z.boolean()]);
const conditionKeys = z.record(z.string(), z.union([conditionValue, z.array(conditionValue)]));

const statement: z.ZodType<PolicyStatement> = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principals.optional(),
  NotPrincipal: principals.optional(),
  Action: oneOrMany.optional(),
  NotAction: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  NotResource: oneOrMany.optional(),
  Condition: z.record(z.string(), conditionKeys).optional(),
});

const policy = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([statement, z.array(statement)]),
});

/** What a document is attached to decides what its statements must and must not say. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

/** @throws AwsError `MalformedPolicyDocument` */
export function parsePolicyDocument(text: string, kind: PolicyKind): PolicyStatement[] {
  const parsed = policy.safeParse(parseJson(text));
  if (!parsed.success) throw malformed('Syntax errors in policy.');
  const statements = [parsed.data.Statement].flat();
  for (const one of statements) checkStatement(one, kind);
  return statements;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
}

function checkStatement(one: PolicyStatement, kind: PolicyKind): void {
  const hasPrincipal = one.Principal !== undefined || one.NotPrincipal !== undefined;
  const hasResource = one.Resource !== undefined || one.NotResource !== undefined;
  if (one.Action === undefined && one.NotAction === undefined) {
    throw malformed('Policy statement must contain actions.');
  }
  if (kind !== 'identity' && !hasPrincipal) throw malformed('Missing required field Principal');
  if (kind === 'resource') return;
  if (kind === 'trust') {
    if (hasResource) throw malformed('Has prohibited field Resource');
    return;
  }
  if (hasPrincipal) throw malformed('Policy document should not specify a principal.');
  if (!hasResource) throw malformed('Policy statement must contain resources.');
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}
