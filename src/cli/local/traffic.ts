import { Pool } from 'undici';

export interface Traffic {
  readonly requests: number;
  readonly failures: number;
  /** Sends no more, and waits for what is under way. */
  stop(): Promise<void>;
}

/** Longer than API Gateway waits for an integration. */
const timeout = 35_000;

/** Sends a steady number of requests a second; anything but a 200 with its whole body is a failure. */
export function startTraffic(
  url: string,
  requestsPerSecond: number,
  onFailure: (cause: string) => void,
): Traffic {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 100, headersTimeout: timeout, bodyTimeout: timeout });
  const underWay = new Set<Promise<void>>();
  const counts = { requests: 0, failures: 0 };

  async function send(): Promise<void> {
    counts.requests++;
    const failure = await attempt(pool, pathname);
    if (failure === undefined) return;
    counts.failures++;
    onFailure(failure);
  }

  const timer = setInterval(() => {
    const sent = send().finally(() => underWay.delete(sent));
    underWay.add(sent);
  }, 1000 / requestsPerSecond);

  return {
    get requests() {
      return counts.requests;
    },
    get failures() {
      return counts.failures;
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(underWay);
      await pool.destroy();
    },
  };
}

/** What went wrong with one request, if anything did. */
async function attempt(pool: Pool, path: string): Promise<string | undefined> {
  try {
    const { statusCode, body } = await pool.request({ method: 'GET', path });
    const text = await body.text();
    return statusCode === 200 ? undefined : `${statusCode} ${text.trim()}`;
  } catch (error) {
    return (error as Error).message;
  }
}
