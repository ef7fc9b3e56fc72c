import { Pool } from 'undici';

export interface Traffic {
  readonly requests: number;
  readonly failures: number;
  /** Sends no more, and waits for what is under way. */
  stop(): Promise<void>;
}

/** Longer than API Gateway waits for an integration. */
const timeout = 35_000;

/** Between two looks at what is due, in milliseconds. */
const pace = 10;

export interface TrafficOptions {
  url: string;
  requestsPerSecond: number;
  /** The methods of the requests, one after another. A POST is not idempotent: nobody on the way may send it twice. */
  methods: readonly ('GET' | 'POST')[];
  headers?: Readonly<Record<string, string>>;
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
export function startTraffic(options: TrafficOptions): Traffic {
  const { origin } = new URL(options.url);
  const pool = new Pool(origin, { connections: 100, headersTimeout: timeout, bodyTimeout: timeout });
  const underWay = new Set<Promise<void>>();
  const counts = { requests: 0, failures: 0 };
  const started = performance.now();

  async function send(method: 'GET' | 'POST'): Promise<void> {
    const failure = await attempt(pool, method, options);
    if (failure === undefined) return;
    counts.failures++;
    options.onFailure(failure);
  }

  /** What is due is told by the time that has passed: timers come late, and would add up. */
  function sendDue(): void {
    const due = Math.floor(((performance.now() - started) / 1000) * options.requestsPerSecond);
    for (; counts.requests < due; counts.requests++) {
      const method = options.methods[counts.requests % options.methods.length] ?? 'GET';
      const sent = send(method).finally(() => underWay.delete(sent));
      underWay.add(sent);
    }
  }

  const timer = setInterval(sendDue, pace);
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
  method: 'GET' | 'POST',
  { headers = {}, url, succeeds }: TrafficOptions,
): Promise<string | undefined> {
  try {
    const body = method === 'POST' ? 'hello' : null;
    const answer = await pool.request({ method, path: new URL(url).pathname, body, headers });
    const text = await answer.body.text();
    return succeeds(answer.statusCode) ? undefined : `${method}: ${answer.statusCode} ${text.trim()}`;
  } catch (error) {
    return `${method}: ${(error as Error).message}`;
  }
}
