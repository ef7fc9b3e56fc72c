// What the path is measured against: one TCP proxy and one HTTP proxy of undici, with no more in them than that.
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { Pool } from 'undici';

const target = new Pool(`http://127.0.0.1:${process.argv[2]}`, { connections: 100 });

const httpProxy = createHttpServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const { method = 'GET', url: path = '/', headers } = request;
  const body = method === 'GET' ? null : request;
  target
    .stream({ method, path, headers, body }, ({ statusCode, headers: own }) =>
      response.writeHead(statusCode, own),
    )
    .catch(() => response.destroy());
});

const httpPort = await listen(httpProxy);
const tcpProxy = createServer({ noDelay: true }, (client) => {
  const upstream = connect({ port: httpPort, host: '127.0.0.1', noDelay: true });
  client.pipe(upstream).pipe(client);
  client.on('error', () => upstream.destroy());
  upstream.on('error', () => client.destroy());
});
process.send?.({ port: await listen(tcpProxy) });

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
