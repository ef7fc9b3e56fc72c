import type { AddressInfo } from 'node:net';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiGatewayAlbBridge } from '../src/cdk/index.ts';
import { type TokenIssuer, tokenIssuer } from '../src/emulator/data-plane/testing/token-issuer.ts';
import { allHealthy } from './all-healthy.ts';
import { type Deployer, startDeployer } from './deploy-app.ts';
import { inventory } from './inventory.ts';

let deployer: Deployer;
let issuer: TokenIssuer;
beforeAll(async () => {
  deployer = await startDeployer(100);
  issuer = tokenIssuer();
  await new Promise<void>((resolve) => {
    issuer.server.listen(0, '127.0.0.1', resolve);
  });
});
afterAll(async () => {
  issuer?.server.close();
  await deployer?.close();
});

/** A bridge whose API asks the authorizer, and a role that may call it if it may at all. */
async function deploy(
  authorizer: apigatewayv2.IHttpRouteAuthorizer,
  scopes?: string[],
): Promise<(headers?: Record<string, string>) => Promise<number>> {
  const { targets, vpc } = deployer;
  const { ApiUrl = '' } = await deployer.deploy('authorized', (app) => {
    const stack = new Stack(app, 'authorized');
    const bridge = new ApiGatewayAlbBridge(stack, 'Bridge', {
      apiType: 'HTTP',
      authorizer,
      ...(scopes && { authorizationScopes: scopes }),
      healthCheck: { path: '/hello' },
      path: 'direct',
      targets: targets.map((address) => new IpTarget(address)),
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', vpc),
    });
    for (const [name, path] of [
      ['friend', '/*'],
      ['stranger', '/*/GET/elsewhere'],
    ] as const) {
      const role = new iam.Role(stack, name, { assumedBy: new iam.AccountRootPrincipal(), roleName: name });
      const resources = [
        stack.formatArn({ service: 'execute-api', resource: bridge.httpApiId, resourceName: path.slice(1) }),
      ];
      role.addToPolicy(new iam.PolicyStatement({ actions: ['execute-api:Invoke'], resources }));
    }
    new CfnOutput(stack, 'ApiUrl', { value: bridge.url });
    return stack;
  });
  await allHealthy(deployer.cell);
  const url = `${deployer.place(ApiUrl)}/hello/there`;
  return async (headers = {}) => (await fetch(url, { headers })).status;
}

it('lets in by tokens of an issuer, and after an update by signatures of roles', async () => {
  const empty = inventory(deployer.cell);
  const iss = `http://127.0.0.1:${(issuer.server.address() as AddressInfo).port}`;
  const byToken = await deploy(new HttpJwtAuthorizer('Jwt', iss, { jwtAudience: ['orders'] }), ['read']);
  const token = (claims: object) => {
    const exp = deployer.cell.clock.now() / 1000 + 3600;
    return { authorization: issuer.token({ iss, aud: 'orders', exp, scope: 'read', ...claims }) };
  };
  expect(await byToken()).toBe(401);
  expect(await byToken(token({ aud: 'payments' }))).toBe(401);
  expect(await byToken(token({ scope: 'write' }))).toBe(403);
  expect(await byToken(token({}))).toBe(200);

  const bySignature = await deploy(new HttpIamAuthorizer());
  expect(await bySignature()).toBe(403);
  expect(await bySignature(token({}))).toBe(403);
  expect(await bySignature(signedBy('stranger'))).toBe(403);
  expect(await bySignature(signedBy('friend'))).toBe(200);
  await deployer.destroy('authorized');
  expect(inventory(deployer.cell)).toEqual(empty);
}, 120_000);

/** The header of a request that a role signs. The local AWS looks at whose key it is, not at the signature. */
function signedBy(name: string): Record<string, string> {
  const { identity } = deployer.cell;
  const role = identity.roles.get(name);
  if (!role) throw new Error(`there is no role ${name}`);
  const credential = `${identity.issue(role, 'test').accessKeyId}/20250101/us-east-1/execute-api/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;
  return { authorization };
}
