import { CfnCondition, Fn, Lazy, type Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { onlyIf } from './only-if.ts';

/** A choice of the parameters by which an API's methods differ. */
export interface Choice {
  readonly id: string;
  readonly isTaken: CfnCondition;
}

/**
 * A deployment of its own for each combination of choices.
 *
 * A stage serves its methods as they were when its deployment was made. So where a parameter changes methods, the stage
 * has to be given another deployment, and CloudFormation makes another only where there is another resource.
 */
export function deployEachChoice(
  stack: Stack,
  restApi: apigateway.RestApi,
  choices: readonly Choice[],
): void {
  const plain = restApi.latestDeployment?.node.defaultChild as apigateway.CfnDeployment;
  const stage = restApi.deploymentStage.node.defaultChild as apigateway.CfnStage;
  const variants = combinations(choices).map((taken) => {
    const id = taken.map((choice) => choice.id).join('');
    const deployment = taken.length === 0 ? plain : copyOf(plain, restApi, id);
    const isChosen = all(
      stack,
      `HasDeployment${id}`,
      choices.map((choice) => (taken.includes(choice) ? choice.isTaken : Fn.conditionNot(choice.isTaken))),
    );
    onlyIf(isChosen, deployment);
    return { deployment, isChosen };
  });
  stage.deploymentId = variants
    .slice(1)
    .reduce<string>(
      (otherwise, { deployment, isChosen }) =>
        Fn.conditionIf(isChosen.logicalId, deployment.ref, otherwise).toString(),
      plain.ref,
    );
}

/** None, each, and so on to all. */
function combinations([choice, ...others]: readonly Choice[]): Choice[][] {
  if (!choice) return [[]];
  const without = combinations(others);
  return [...without, ...without.map((taken) => [choice, ...taken])];
}

function copyOf(
  plain: apigateway.CfnDeployment,
  restApi: apigateway.RestApi,
  id: string,
): apigateway.CfnDeployment {
  const { description, restApiId } = plain;
  const copy = new apigateway.CfnDeployment(restApi, `DeploymentOf${id}`, { description, restApiId });
  for (const { node } of restApi.methods)
    copy.addResourceDependency(node.defaultChild as apigateway.CfnMethod);
  // The id of the first has a hash of what it deploys, without which a change in the methods would not be deployed.
  copy.overrideLogicalId(
    Lazy.uncachedString({ produce: ({ resolve }) => `${resolve(plain.logicalId)}${id}` }),
  );
  return copy;
}

function all(stack: Stack, id: string, conditions: Parameters<typeof Fn.conditionAnd>): CfnCondition {
  return new CfnCondition(stack, id, { expression: Fn.conditionAnd(...conditions) });
}
