import { createServer } from 'node:http';
import type { SteppedClock } from '../../clock/stepped-clock.ts';
import { steppedClock } from '../../clock/stepped-clock.ts';
import type { Cell } from '../../core/cell.ts';
import { execute } from '../../core/execute.ts';
import { seeded } from '../../core/random.ts';
import type { Call } from '../../core/service.ts';
import { apiGateway } from '../../services/api-gateway/index.ts';
import type { LoadBalancer } from '../../world/load-balancing/load-balancer.ts';
import type { TargetGroup } from '../../world/load-balancing/target-group.ts';
import { type DataPlane, startDataPlane } from '../data-plane.ts';
import type { LoopbackMode } from '../loopback/loopback.ts';
import {
  addBalancer,
  addHost,
  addListener,
  addSecurityGroup,
  addTargetGroup,
  emptyCell,
  forwardTo,
} from './world.ts';

/** A REST API in front of a network load balancer in front of an application load balancer in front of an app. */
export interface Bridge {
  clock: SteppedClock;
  cell: Cell;
  dataPlane: DataPlane;
  alb: LoadBalancer;
  nlb: LoadBalancer;
  /** Of the network load balancer: the application load balancer's addresses. */
  targets: TargetGroup;
  /** Up to the stage. */
  apiUrl: string;
  close(): Promise<void>;
}

/** Node `10.0.0.20` of the NLB is the only address that the ALB, at `10.0.0.10` and `.11`, lets in. */
export async function startBridge(loopback: LoopbackMode): Promise<Bridge> {
  const clock = steppedClock();
  const cell = emptyCell(clock);
  const dataPlane = await startDataPlane({ clock, loopback, apiPort: 0, dnsPort: 0, random: seeded(3) });
  const app = await addHost(
    cell,
    '10.0.9.1',
    createServer((request, response) => {
      const body = {
        url: request.url,
        headers: request.headers,
        node: dataPlane.peerAddress(request.socket),
      };
      response.end(JSON.stringify(body));
    }),
  );
  const alb = addBalancer(cell, 'application', ['10.0.0.10', '10.0.0.11'], {
    securityGroupIds: [addSecurityGroup(cell, '10.0.0.20/32')],
  });
  addListener(cell, alb, forwardTo(addTargetGroup(cell, ['10.0.9.1'])));
  const nlb = addBalancer(cell, 'network', ['10.0.0.20']);
  const targets = addTargetGroup(cell, ['10.0.0.10', '10.0.0.11']);
  addListener(cell, nlb, forwardTo(targets));
  const apiId = await deployApi({ cell, caller: '', requestId: '' }, clock, nlb);
  dataPlane.attach(cell);
  await dataPlane.settled();
  return {
    clock,
    cell,
    dataPlane,
    alb,
    nlb,
    targets,
    apiUrl: `${dataPlane.apiEndpoint}/${apiId}/prod`,
    async close() {
      await dataPlane.close();
      app.close();
      app.closeAllConnections();
    },
  };
}

/** An API whose every path goes through a VPC link to the load balancer. */
async function deployApi(call: Call, clock: SteppedClock, nlb: LoadBalancer): Promise<string> {
  const link = await execute(apiGateway, 'CreateVpcLink', { name: 'link', targetArns: [nlb.arn] }, call);
  await clock.advance(120_000);
  const { id: restApiId, rootResourceId: parentId } = await execute(
    apiGateway,
    'CreateRestApi',
    { name: 'api' },
    call,
  );
  const resource = await execute(
    apiGateway,
    'CreateResource',
    { restApiId, parentId, pathPart: '{proxy+}' },
    call,
  );
  const method = { restApiId, resourceId: resource.id, httpMethod: 'ANY' };
  const requestParameters = { 'method.request.path.proxy': true };
  await execute(apiGateway, 'PutMethod', { ...method, authorizationType: 'NONE', requestParameters }, call);
  await execute(
    apiGateway,
    'PutIntegration',
    {
      ...method,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'ANY',
      uri: `http://${nlb.dnsName}/{proxy}`,
      connectionType: 'VPC_LINK',
      connectionId: link.id,
      requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
    },
    call,
  );
  await execute(apiGateway, 'CreateDeployment', { restApiId, stageName: 'prod' }, call);
  return restApiId ?? '';
}
