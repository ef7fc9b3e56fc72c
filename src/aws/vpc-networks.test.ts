import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EC2Client } from '@aws-sdk/client-ec2';
import { afterEach, expect, it } from 'vitest';
import { vpcNetworks } from './vpc-networks.ts';

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A client of an EC2 that answers every call with this status and XML. */
async function ec2Answering(status: number, xml: string): Promise<EC2Client> {
  const server = createServer((_request, response) =>
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml),
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const client = new EC2Client({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  closing.push(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return client;
}

const failing = (code: string) =>
  `<Response><Errors><Error><Code>${code}</Code><Message>no</Message></Error></Errors><RequestID>1</RequestID></Response>`;

it('reads all ranges of a VPC, of both families, once each', async () => {
  const ec2 = await ec2Answering(
    200,
    `<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><vpcSet><item>
       <vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/16</cidrBlock>
       <cidrBlockAssociationSet>
         <item><cidrBlock>10.0.0.0/16</cidrBlock></item><item><cidrBlock>10.9.0.0/16</cidrBlock></item>
       </cidrBlockAssociationSet>
       <ipv6CidrBlockAssociationSet><item><ipv6CidrBlock>2001:db8::/56</ipv6CidrBlock></item></ipv6CidrBlockAssociationSet>
     </item></vpcSet></DescribeVpcsResponse>`,
  );
  expect(await vpcNetworks(ec2, 'vpc-1')).toEqual(['10.0.0.0/16', '10.9.0.0/16', '2001:db8::/56']);
});

it('passes over ranges that are not yet, or no more, associated', async () => {
  const ec2 = await ec2Answering(
    200,
    `<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><vpcSet><item>
       <vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/16</cidrBlock>
       <cidrBlockAssociationSet>
         <item><cidrBlock>10.8.0.0/16</cidrBlock><cidrBlockState><state>disassociated</state></cidrBlockState></item>
         <item><cidrBlock>10.9.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item>
       </cidrBlockAssociationSet>
       <ipv6CidrBlockAssociationSet>
         <item><ipv6CidrBlock>2001:db8::/56</ipv6CidrBlock><ipv6CidrBlockState><state>associating</state></ipv6CidrBlockState></item>
       </ipv6CidrBlockAssociationSet>
     </item></vpcSet></DescribeVpcsResponse>`,
  );
  expect(await vpcNetworks(ec2, 'vpc-1')).toEqual(['10.0.0.0/16', '10.9.0.0/16']);
});

it('does without where the role may not ask', async () => {
  expect(
    await vpcNetworks(await ec2Answering(403, failing('UnauthorizedOperation')), 'vpc-1'),
  ).toBeUndefined();
});

it('fails where asking fails', async () => {
  const ec2 = await ec2Answering(400, failing('InvalidVpcID.NotFound'));
  await expect(vpcNetworks(ec2, 'vpc-1')).rejects.toMatchObject({ name: 'InvalidVpcID.NotFound' });
});
