import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CustomResourceResponse } from '../response.ts';

/** What a PUT brought. */
interface ReceivedPut {
  method: string;
  path: string;
  contentType: string | undefined;
  bytes: number;
  body: CustomResourceResponse;
}

/** Takes answers as CloudFormation's S3 bucket does. */
export interface ResponseServer {
  endpoint: string;
  url: string;
  puts: ReceivedPut[];
  close(): Promise<void>;
}

/** Answers each PUT with the next of these statuses, 200 when they are used up; 0 breaks the connection. */
export async function startResponseServer(...statuses: number[]): Promise<ResponseServer> {
  const puts: ReceivedPut[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    puts.push({
      method: request.method ?? '',
      path: request.url ?? '',
      contentType: request.headers['content-type'],
      bytes: Buffer.byteLength(text),
      body: JSON.parse(text),
    });
    const status = statuses.shift() ?? 200;
    if (status === 0) request.socket.destroy();
    else response.writeHead(status, status === 307 ? { location: 'http://127.0.0.1:9/' } : {}).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    url: `${endpoint}/answer?X-Amz-Signature=secret`,
    puts,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
