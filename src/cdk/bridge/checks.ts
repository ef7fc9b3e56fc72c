import { Token } from 'aws-cdk-lib';
import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ApiGatewayAlbBridgeProps } from './api-gateway-alb-bridge-props.ts';
import { ingressOf } from './ingress.ts';
import { asksForApiKeys } from './open-api.ts';

type Props = ApiGatewayAlbBridgeProps;

/** What is wrong with the properties, where a check says so. */
type Check = (props: Props) => string | false | undefined;

/** @throws Error with the first thing that AWS would refuse, or that would be without effect */
export function checkBridge(props: Props): void {
  for (const check of [...parts, ...elsewhere, ...paths, ...apis, ...restOnly]) {
    const problem = check(props);
    if (problem) throw new Error(problem);
  }
}

const parts: Check[] = [
  ({ applicationListener, applicationLoadBalancer, applicationLoadBalancerReach }) =>
    !applicationLoadBalancerReach &&
    (applicationListener === undefined) !== (applicationLoadBalancer === undefined) &&
    'applicationLoadBalancer and applicationListener go together: give both, or neither',
  ({ applicationLoadBalancer, targets }) =>
    !applicationLoadBalancer &&
    (targets ?? []).length === 0 &&
    'targets must name at least one target for the ALB, got none',
  ({ applicationLoadBalancer, targets }) =>
    applicationLoadBalancer &&
    (targets ?? []).length > 0 &&
    'targets are those of a new ALB: with an applicationLoadBalancer, give them to its own target groups',
  ({ applicationLoadBalancer, networkLoadBalancer, vpc }) =>
    (applicationLoadBalancer || networkLoadBalancer) &&
    !vpc &&
    'an existing load balancer is in a VPC already: give it as vpc',
  ({ pathPatterns = ['/*'] }) =>
    !Token.isUnresolved(pathPatterns) &&
    (pathPatterns.length < 1 || pathPatterns.length > 5) &&
    `pathPatterns must be one to five patterns, as a rule takes no more, got ${pathPatterns.length}`,
  ({ albCertificate, nlbCertificate, serverName }) =>
    (albCertificate || nlbCertificate) &&
    !serverName &&
    'serverName is missing: API Gateway checks the name in the certificate, so give one that it is for',
  ({ securityGroups }) =>
    securityGroups &&
    'securityGroups are those of a function in a VPC, and the vpc of a bridge is that of its load balancers: give a syncFunction',
  (props) =>
    props.prefixListMaxEntries !== undefined &&
    ingressOf(props) !== 'prefix-list' &&
    `prefixListMaxEntries is without effect, as ingress is '${ingressOf(props)}': use 'prefix-list'`,
];

const elsewhere: Check[] = [
  ({ applicationLoadBalancer, applicationLoadBalancerReach }) =>
    applicationLoadBalancerReach &&
    !applicationLoadBalancer &&
    'applicationLoadBalancerReach is that of an ALB elsewhere, got none: give applicationLoadBalancer too',
  ({ applicationLoadBalancer, applicationLoadBalancerReach }) =>
    applicationLoadBalancer && !applicationLoadBalancerReach && awayFromHome(applicationLoadBalancer),
  ({ applicationLoadBalancerReach, path = 'ip-sync', standby = path }) =>
    applicationLoadBalancerReach &&
    (path !== 'ip-sync' || standby !== 'ip-sync') &&
    `path '${path === 'ip-sync' ? standby : path}' is not for an ALB elsewhere: link, load balancer and API must be owned by one account, in one region; use 'ip-sync'`,
  ({ applicationLoadBalancerReach, ingress = 'addresses' }) =>
    applicationLoadBalancerReach &&
    ingress !== 'addresses' &&
    `ingress '${ingress}' is not for an ALB elsewhere, whose security group cannot refer to what is here: use 'addresses'`,
];

/** What can be told of an ALB by its ARN, where the stack says where it goes. */
function awayFromHome({ env, stack }: IApplicationLoadBalancer): string | false {
  const [name] = (['account', 'region'] as const).filter(
    (one) => !Token.isUnresolved(env[one]) && !Token.isUnresolved(stack[one]) && env[one] !== stack[one],
  );
  return (
    name !== undefined &&
    `applicationLoadBalancer is in the ${name} ${env[name]}, and the bridge in ${stack[name]}: give applicationLoadBalancerReach`
  );
}

const paths: Check[] = [
  ({ apiType, path, standby }) =>
    apiType === 'WEBSOCKET' &&
    [path, standby].includes('direct') &&
    "path 'direct' is not for a WebSocket API, which API Gateway leads to an NLB only: use 'ip-sync' or 'alb-target'",
  ({ nlbCertificate, path, standby }) =>
    nlbCertificate &&
    [path, standby].includes('alb-target') &&
    "path 'alb-target' is behind TCP listeners only: leave out nlbCertificate, or use 'ip-sync'",
  ({ nlbCertificate, path }) =>
    nlbCertificate && path === 'direct' && "path 'direct' has no NLB: use albCertificate, not nlbCertificate",
  ({ networkLoadBalancer, path, standby }) =>
    networkLoadBalancer &&
    path === 'direct' &&
    (!standby || standby === 'direct') &&
    "path 'direct' has no NLB: leave out networkLoadBalancer",
  ({ drainTimeout }) =>
    drainTimeout &&
    drainTimeout.toSeconds() > 600 &&
    `drainTimeout must be 10 minutes at the most, which is what a custom resource can wait, got ${drainTimeout}`,
  ({ path = 'ip-sync', standby }) =>
    path === standby && `standby must be another path than path, got '${standby}' for both`,
];

const apis: Check[] = [
  ({ apiType = 'REST', existingHttpApi }) =>
    existingHttpApi && apiType !== 'HTTP' && `existingHttpApi wants the apiType 'HTTP', got '${apiType}'`,
  ({ apiType = 'REST', existingRestApi }) =>
    existingRestApi && apiType !== 'REST' && `existingRestApi wants the apiType 'REST', got '${apiType}'`,
  ({ existingHttpApi, existingRestApi, openApi }) =>
    openApi &&
    (existingHttpApi || existingRestApi) &&
    'openApi makes an API of its own: leave out the existing one',
  ({ apiType, openApi }) =>
    openApi && apiType === 'WEBSOCKET' && 'openApi is not for a WebSocket API: OpenAPI cannot describe one',
  ({ authorizationType, authorizer, openApi }) =>
    openApi &&
    (authorizer || authorizationType) &&
    'authorizers stand in the document itself (securitySchemes): leave out authorizer and authorizationType',
  ({ openApi, usagePlan }) =>
    openApi &&
    usagePlan &&
    !asksForApiKeys(openApi) &&
    "usagePlan is without effect, as no scheme of openApi asks for a key: add a security scheme of the type 'apiKey'",
  ({ apiType = 'REST', authorizer }) =>
    authorizer &&
    'bind' in authorizer === (apiType === 'REST') &&
    `authorizer must be one of ${apiType === 'REST' ? 'aws-apigateway' : 'aws-apigatewayv2'} for the apiType '${apiType}'`,
  ({ canary }) =>
    canary &&
    !Token.isUnresolved(canary.percentTraffic) &&
    (canary.percentTraffic < 0 || canary.percentTraffic > 100) &&
    `canary.percentTraffic must be 0 to 100, got ${canary.percentTraffic}`,
  ({ apiKeys, usagePlan }) =>
    apiKeys && !usagePlan && 'apiKeys are those of a usage plan: give usagePlan too, be it an empty one',
];

const onlyRest = [
  'authorizationType',
  'binaryMediaTypes',
  'canary',
  'endpointType',
  'loggingLevel',
  'retainDeployments',
  'usagePlan',
] as const;

const ofTheStage = [
  'accessLogGroup',
  'binaryMediaTypes',
  'canary',
  'endpointType',
  'loggingLevel',
  'retainDeployments',
  'stageName',
  'stageVariables',
  'usagePlan',
] as const;

const restOnly: Check[] = [
  ...onlyRest.map(
    (name): Check =>
      ({ apiType = 'REST', [name]: value }) =>
        value !== undefined &&
        apiType !== 'REST' &&
        `${name} is for REST APIs only, got the apiType '${apiType}'`,
  ),
  ...ofTheStage.map(
    (name): Check =>
      ({ existingHttpApi, existingRestApi, [name]: value }) =>
        value !== undefined &&
        (existingHttpApi || existingRestApi) &&
        `${name} belongs to the existing API and its stage: set it there`,
  ),
];
