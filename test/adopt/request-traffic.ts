import { get } from 'node:http';

interface Place {
  host: string;
  port: number;
}

export interface RequestTraffic {
  readonly requests: number;
  /** Sends no more; tells what went wrong once the last is answered. */
  stop(): Promise<string[]>;
}

/** Between two requests, in real milliseconds. */
const pace = 20;

/** Requests to each place in turn, each on a connection of its own: one that is refused or cut is a failure. */
export function requestTraffic(places: readonly Place[]): RequestTraffic {
  const failures: string[] = [];
  const underWay = new Set<Promise<void>>();
  let requests = 0;
  const timer = setInterval(() => {
    const place = places[requests++ % places.length];
    if (!place) return;
    const answered = ask(place)
      .catch((error: Error) => void failures.push(`${place.host}: ${error.message}`))
      .finally(() => underWay.delete(answered));
    underWay.add(answered);
  }, pace);
  return {
    get requests() {
      return requests;
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(underWay);
      return failures;
    },
  };
}

function ask(place: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get({ ...place, path: '/', agent: false, timeout: 30_000 }, (response) => {
      response.resume();
      response.once('error', reject);
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`)),
      );
    });
    request.once('timeout', () => request.destroy(new Error('no answer in time')));
    request.once('error', reject);
  });
}
