import { Pool } from 'undici';

export interface Traffic {
  readonly requests: number;
  readonly failures: number;
  /** Sends no more, and waits for what is under way. */
  stop(): Promise<void>;
}

/** Longer than API Gateway waits for an integration. */
const timeout = 35_000;

export interface TrafficOptions {
  url: string;
  requestsPerSecond: number;
  /** Whether a status is a success. */
  succeeds: (status: number) => boolean;
  onFailure: (cause: string) => void;
}

export function isOk(status: number): boolean {
  return status === 200;
}

/** Any answer but an error of the server's, or of what stands before it. */
export function isAnswer(status: number): boolean {
  return status < 500;
}

/** Sends a steady number of requests a second; a request fails without a whole answer of a status that succeeds. */
export function startTraffic({ url, requestsPerSecond, succeeds, onFailure }: TrafficOptions): Traffic {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 100, headersTimeout: timeout, bodyTimeout: timeout });
  const underWay = new Set<Promise<void>>();
  const counts = { requests: 0, failures: 0 };

  async function send(): Promise<void> {
    counts.requests++;
    const failure = await attempt(pool, pathname, succeeds);
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
async function attempt(
  pool: Pool,
  path: string,
  succeeds: (status: number) => boolean,
): Promise<string | undefined> {
  try {
    const { statusCode, body } = await pool.request({ method: 'GET', path });
    const text = await body.text();
    return succeeds(statusCode) ? undefined : `${statusCode} ${text.trim()}`;
  } catch (error) {
    return (error as Error).message;
  }
}
