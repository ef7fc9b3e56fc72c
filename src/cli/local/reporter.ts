/** What `albridge local` tells while it runs. */
export type LocalEvent =
  | { event: 'starting'; endpoint: string; timeScale: number }
  | { event: 'resource'; logicalId: string; type: string; status: string; reason?: string | undefined }
  | { event: 'waiting'; for: string }
  | ReadyEvent
  | { event: 'scaling'; loadBalancer: string; from: number; to: number }
  | {
      event: 'pass';
      binding: string;
      added: string[];
      removed: string[];
      withheld: string[];
      errors: string[];
    }
  | { event: 'request-failed'; cause: string }
  | { event: 'traffic'; requests: number; failures: number }
  | { event: 'stopped'; requests?: number; failures?: number };

/** Without a bridge: what a local AWS is that nothing was deployed to. */
type ReadyEvent = { event: 'ready'; endpoint: string; dns: string } & Partial<DeployedBridge>;

interface DeployedBridge {
  apiUrl: string;
  stackName: string;
  outputs: Record<string, string>;
  /** What the ALB forwards. */
  paths: 'all' | '/hello*';
}

export type Report = (event: LocalEvent) => void;

/** Lines of JSON, for programs. */
export function jsonReport(write: (line: string) => void): Report {
  return (event) => write(JSON.stringify(event));
}

/** Lines of text, for people. */
export function textReport(write: (line: string) => void): Report {
  return (event) => {
    for (const line of describe(event)) write(line);
  };
}

function describe(event: LocalEvent): string[] {
  switch (event.event) {
    case 'starting':
      return [
        `local AWS at ${event.endpoint}, time runs ${event.timeScale} times as fast`,
        'deploying the stack …',
      ];
    case 'resource':
      return [
        `  ${event.status.padEnd(18)} ${event.logicalId}${event.reason ? `: ${event.reason}` : ` (${event.type})`}`,
      ];
    case 'waiting':
      return [`waiting for ${event.for} …`];
    case 'ready':
      return ready(event);
    case 'scaling':
      return [`ALB ${event.from} → ${event.to} nodes`];
    case 'pass':
      return [`pass of ${event.binding}: ${changes(event).join('  ')}`];
    case 'request-failed':
      return [`request failed: ${event.cause}`];
    case 'traffic':
      return [totals(event)];
    case 'stopped':
      return event.requests === undefined
        ? ['stopped']
        : [`stopped; ${totals({ requests: event.requests, failures: event.failures ?? 0 })}`];
  }
}

const defaultPort = '4566';

function ready(event: ReadyEvent): string[] {
  const { endpoint, apiUrl, dns } = event;
  const environment = `AWS_ENDPOINT_URL=${endpoint} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1`;
  const end = ['', `DNS of the load balancers: ${dns}    stop: Ctrl-C`, ''];
  if (apiUrl === undefined) return ['', 'An empty AWS is up:', '', `  export ${environment}`, ...end];
  return ['', `The bridge is up: ${apiUrl}`, '', ...suggestions(event, apiUrl, environment), ...end];
}

function suggestions(
  { endpoint, stackName, paths }: ReadyEvent,
  apiUrl: string,
  environment: string,
): string[] {
  const { port } = new URL(endpoint);
  const portOption = port === defaultPort ? '' : ` --port ${port}`;
  const requests =
    paths === 'all'
      ? [`  curl ${apiUrl}/          through all hops to a server of yours`]
      : [
          `  curl ${apiUrl}/hello          through all hops to a target`,
          `  curl ${apiUrl}/other          what the ALB does not forward is a 404`,
        ];
  return [
    ...requests,
    `  npx albridge local scale 6${portOption}          more ALB nodes; the NLB’s target group follows`,
    `  ${environment} \\`,
    `    aws cloudformation describe-stack-events --stack-name ${stackName}`,
  ];
}

function changes({ added, removed, withheld, errors }: Extract<LocalEvent, { event: 'pass' }>): string[] {
  return [
    ...added.map((address) => `+${address}`),
    ...removed.map((address) => `−${address}`),
    ...withheld.map((address) => `kept ${address}`),
    ...errors.map((message) => `failed: ${message}`),
  ];
}

function totals({ requests, failures }: { requests: number; failures: number }): string {
  return `${requests.toLocaleString('en')} requests, ${failures.toLocaleString('en')} failures`;
}
