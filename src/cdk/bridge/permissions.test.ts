import { expect, test } from 'vitest';
import { bridgeStack, type Resource, resourcesOf } from '../testing/bridge-stack.ts';

interface Statement {
  Action: string | string[];
  Resource: unknown;
}

const { bridge, stack } = bridgeStack();
const resources = resourcesOf(stack);
const statements = resources.flatMap(statementsOf);

function statementsOf({ Properties, Type }: Resource): Statement[] {
  if (Type !== 'AWS::IAM::Role') return [];
  return Properties.Policies.flatMap(
    (policy: { PolicyDocument: { Statement: Statement[] } }) => policy.PolicyDocument.Statement,
  );
}

function actions({ Action }: Statement): string[] {
  return [Action].flat();
}

test('allows any resource to reads only, each named', () => {
  const onAll = statements.filter(({ Resource }) => Resource === '*').flatMap(actions);
  expect(onAll.length).toBeGreaterThan(0);
  for (const action of onAll) expect(action).toMatch(/^(ec2|elasticloadbalancing):Describe[A-Za-z]+$/);
});

test('allows registration in the one target group', () => {
  const writes = statements.filter((statement) =>
    actions(statement).some((action) => /Targets$/.test(action)),
  );
  expect(writes).toEqual([
    {
      Action: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
      Effect: 'Allow',
      Resource: stack.resolve(bridge.networkTargetGroup.targetGroupArn),
    },
  ]);
});

test('has no wildcard besides', () => {
  const rest = statements.filter(({ Resource }) => Resource !== '*');
  expect(JSON.stringify(rest)).not.toContain('*');
});

test('uses no managed policy, no policy of its own kind, and no name', () => {
  const roles = resources.filter(({ Type }) => Type === 'AWS::IAM::Role');
  expect(roles).toHaveLength(3);
  for (const { Properties } of roles) {
    expect(Object.keys(Properties).sort()).toEqual(['AssumeRolePolicyDocument', 'Policies']);
  }
  expect(resources.filter(({ Type }) => Type.startsWith('AWS::IAM::'))).toHaveLength(roles.length);
});
