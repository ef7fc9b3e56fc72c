import type { Stack } from 'aws-cdk-lib';
import { synthesized } from './synthesized.ts';

/** A statement of a policy: its actions in order, and what it allows them on. */
export interface Granted {
  actions: string[];
  resources: string[];
}

interface Statement {
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

interface Role {
  Policies?: { PolicyDocument: { Statement: Statement[] } }[];
}

/** What the roles of a stack are allowed, each by its logical id. */
export function grantedIn(define: (stack: Stack) => void): Record<string, Granted[]> {
  const roles = synthesized<Role>('AWS::IAM::Role', define);
  return Object.fromEntries(Object.entries(roles).map(([id, role]) => [id, statementsOf(role).map(granted)]));
}

function statementsOf({ Policies = [] }: Role): Statement[] {
  return Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function granted({ Action, Resource, Condition }: Statement): Granted {
  if (Condition) throw new Error(`a statement has a condition, which the reference does not tell: ${Action}`);
  return { actions: [Action].flat().sort(), resources: [Resource].flat().map(resourceText) };
}

/** `arn:<partition>:ec2:<region>:<account>:…` for what CloudFormation puts together. */
function resourceText(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const [[name, value] = ['', '']] = Object.entries(resource as object);
  if (name === 'Fn::Join') return value[1].map(resourceText).join('');
  // Without the digits by which CDK tells ids apart.
  if (name === 'Fn::GetAtt') return `<${value[0].replace(/[0-9A-F]{8}$/, '')}>`;
  return `<${String(value).replace('AWS::', '')}>`;
}
