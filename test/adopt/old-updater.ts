import { strToU8, zipSync } from 'fflate';

/**
 * Stands in for an updater that is to be replaced: registers what its load balancer has at the time, by DNS name or by
 * what interfaces are described as, and never looks back. It has no SDK, and signs nothing.
 */
const source = `
import { resolve4 } from 'node:dns/promises';

const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = process.env;

async function call(service, parameters) {
  const credential = 'old/20260101/' + region + '/' + service + '/aws4_request';
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      authorization: 'AWS4-HMAC-SHA256 Credential=' + credential + ', SignedHeaders=host, Signature=0',
    },
    body: String(new URLSearchParams(parameters)),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}

async function interfaces(name) {
  const text = await call('ec2', {
    Action: 'DescribeNetworkInterfaces',
    Version: '2016-11-15',
    'Filter.1.Name': 'description',
    'Filter.1.Value.1': '*' + name + '*',
  });
  return [...new Set([...text.matchAll(/<privateIpAddress>([0-9.]+)</g)].map(([, address]) => address))];
}

export async function lambda_handler() {
  const { ALB_DNS_NAME, TARGET_FQDN, albDescription, NLB_TG_ARN, ELB_TG_ARN, nlbTargetGroupArn } = process.env;
  const name = ALB_DNS_NAME ?? TARGET_FQDN;
  const addresses = name ? await resolve4(name) : await interfaces(albDescription);
  await call('elasticloadbalancing', {
    Action: 'RegisterTargets',
    Version: '2015-12-01',
    TargetGroupArn: NLB_TG_ARN ?? ELB_TG_ARN ?? nlbTargetGroupArn,
    ...Object.fromEntries(addresses.flatMap((address, at) => [
      ['Targets.member.' + (at + 1) + '.Id', address],
      ['Targets.member.' + (at + 1) + '.Port', '80'],
    ])),
  });
}
`;

/** The code as it is uploaded; its handler is called as the original's. */
export const oldUpdater: { zip: Uint8Array; handler: string } = {
  zip: zipSync({ 'populate_NLB_TG_with_ALB.mjs': strToU8(source) }),
  handler: 'populate_NLB_TG_with_ALB.lambda_handler',
};
