// What the path is measured against: one TCP proxy and so many HTTP proxies of undici, with no more in them than that.
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { Pool } from 'undici';

const [targetPort, httpProxies] = process.argv.slice(2).map(Number) as [number, number];

let port = targetPort;
for (let count = 0; count < httpProxies; count++) port = await listen(httpProxy(port));
const tcpProxy = createServer({ noDelay: true }, (client) => {
  const upstream = connect({ port, host: '127.0.0.1', noDelay: true });
  client.pipe(upstream).pipe(client);
  client.on('error', () => upstream.destroy());
  upstream.on('error', () => client.destroy());
});
process.send?.({ port: await listen(tcpProxy) });

function httpProxy(to: number): Server {
  const target = new Pool(`http://127.0.0.1:${to}`, { connections: 100 });
  return createHttpServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    const { method = 'GET', url: path = '/', headers } = request;
    const body = method === 'GET' ? null : request;
    target
      .stream({ method, path, headers, body }, ({ statusCode, headers: own }) =>
        response.writeHead(statusCode, own),
      )
      .catch(() => response.destroy());
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
