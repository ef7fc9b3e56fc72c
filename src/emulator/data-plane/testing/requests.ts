import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import type { Place } from '../loopback/socket-address.ts';

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** One request, over a connection of its own unless an agent is given. */
export function send(
  to: Place | undefined,
  options: RequestOptions & { body?: string } = {},
): Promise<Answer> {
  if (!to) throw new Error('nothing listens there');
  const { body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const request = httpRequest({ agent: new Agent(), ...to, ...rest }, (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
