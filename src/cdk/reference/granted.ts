import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';

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
  Type: string;
  Properties: { Policies?: { PolicyDocument: { Statement: Statement[] } }[] };
}

/** What the roles of a stack are allowed, each by the id of its construct. */
export function grantedIn(define: (stack: Stack) => void): Record<string, Granted[]> {
  const outdir = mkdtempSync(join(tmpdir(), 'albridge-reference-'));
  try {
    const app = new App({
      analyticsReporting: false,
      builtinCloudFormationValidation: false,
      outdir,
      treeMetadata: false,
    });
    const stack = new Stack(app, 'Stack');
    define(stack);
    const { template } = app.synth().getStackArtifact(stack.artifactId);
    const roles = Object.entries<Role>(template.Resources).filter(
      ([, { Type }]) => Type === 'AWS::IAM::Role',
    );
    return Object.fromEntries(roles.map(([id, role]) => [id, statementsOf(role).map(granted)]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function statementsOf({ Properties }: Role): Statement[] {
  return (Properties.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
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
