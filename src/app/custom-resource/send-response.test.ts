import { afterEach, describe, expect, it } from 'vitest';
import { success } from './response.ts';
import { sendResponse } from './send-response.ts';
import { createRequest } from './testing/request.ts';
import { type ResponseServer, startResponseServer } from './testing/response-server.ts';

let server: ResponseServer;
const response = success(createRequest());

afterEach(() => server.close());

async function send(...statuses: number[]): Promise<number[]> {
  server = await startResponseServer(...statuses);
  const waits: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  await sendResponse(server.url, response, { endpoint: server.endpoint, wait });
  return waits;
}

describe('sendResponse', () => {
  it('puts the answer once, with the empty content type that the URL is signed for', async () => {
    expect(await send()).toEqual([]);
    expect(server.puts).toMatchObject([
      { method: 'PUT', path: '/answer?X-Amz-Signature=secret', contentType: '', body: response },
    ]);
  });

  it('tries again, waiting longer each time, while the server or the network fails', async () => {
    expect(await send(503, 0)).toEqual([250, 500]);
    expect(server.puts).toHaveLength(3);
  });

  it('gives up after three tries', async () => {
    await expect(send(500, 500, 500, 500)).rejects.toThrow(
      'cloudformation did not take the answer: http 500',
    );
    expect(server.puts).toHaveLength(3);
  });

  it('does not repeat what is refused', async () => {
    await expect(send(403)).rejects.toThrow('cloudformation did not take the answer: http 403');
    expect(server.puts).toHaveLength(1);
  });

  it('follows no redirection', async () => {
    const failure = send(307, 307, 307, 307, 307);
    await expect(failure).rejects.toThrow('cloudformation did not take the answer');
    await expect(failure).rejects.not.toThrow(/secret|127\.0\.0\.1/);
  });
});
