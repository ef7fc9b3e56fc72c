import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type HttpAnswer, type HttpRequest, type HttpRoute, noAnswer } from '../core/http-route.ts';
import { listen } from '../core/listen.ts';

export interface Endpoint {
  /** `http://127.0.0.1:4566` */
  url: string;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1 and answers with the first route that takes the request.
 *
 * @throws ListenError when the port is in use
 */
export async function openEndpoint(port: number, routes: readonly HttpRoute[]): Promise<Endpoint> {
  const server = createServer((request, response) => {
    answer(routes, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.keepAliveTimeout = 60_000;
  const actualPort = await listen(server, { host: '127.0.0.1', port });
  return {
    url: `http://127.0.0.1:${actualPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  routes: readonly HttpRoute[],
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming);
  for (const route of routes) {
    const found = await route(request);
    if (found === noAnswer) return;
    if (found) return send(incoming, response, found);
  }
  send(incoming, response, { status: 404, body: 'not found\n' });
}

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}

function send(
  incoming: IncomingMessage,
  response: ServerResponse,
  { status, headers, body = '' }: HttpAnswer,
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-length': bytes.length, ...headers });
  response.end(incoming.method === 'HEAD' ? undefined : bytes);
}
