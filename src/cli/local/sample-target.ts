import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface SampleTarget {
  port: number;
  close(): Promise<void>;
}

export interface SampleTargetOptions {
  name: string;
  /** Its address in the VPC. */
  address: string;
  /** Whose connection it is, as an address of the VPC. */
  peerAddress: (accepted: Socket) => string | undefined;
}

/** Longer than an ALB keeps an idle connection to its target: whoever closes first must not be the target. */
const keepAliveTimeout = 65_000;

/** A server that answers with the way the request came: what it was told in headers, and who connected. */
export async function startSampleTarget({
  name,
  address,
  peerAddress,
}: SampleTargetOptions): Promise<SampleTarget> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      `${JSON.stringify({ message: `hello from ${name}`, path: request.url, hops: hops(request, address, peerAddress) }, undefined, 2)}\n`,
    );
  });
  server.keepAliveTimeout = keepAliveTimeout;
  await listen(server);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The ALB appends the address that connected to it, which is the NLB node's. */
function hops(
  request: IncomingMessage,
  address: string,
  peerAddress: SampleTargetOptions['peerAddress'],
): object {
  const forwardedFor = String(request.headers['x-forwarded-for'] ?? '').split(/,\s*/);
  return {
    apiGateway: request.headers['x-amzn-apigateway-api-id'],
    nlb: forwardedFor.at(-1),
    alb: peerAddress(request.socket),
    target: address,
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}
