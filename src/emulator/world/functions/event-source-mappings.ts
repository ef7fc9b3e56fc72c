/** A queue whose messages a function is invoked with. */
export interface EventSourceMapping {
  readonly id: string;
  readonly arn: string;
  readonly queueArn: string;
  /** As it is invoked, with its qualifier. */
  functionArn: string;
  batchSize: number;
  maximumConcurrency: number | undefined;
  /** Whether the function's answer names the messages that failed. */
  reportsFailures: boolean;
  enabled: boolean;
  state: 'Creating' | 'Updating' | 'Enabled' | 'Disabled' | 'Deleting';
  lastModified: number;
  tags: Map<string, string>;
  /** What polls the queue, while it is enabled. */
  poller: { stop(): void } | undefined;
}

/** What Lambda polls. */
export class EventSourceMappings {
  /** By id. */
  readonly all: Map<string, EventSourceMapping> = new Map();

  close(): void {
    for (const mapping of this.all.values()) mapping.poller?.stop();
  }
}
