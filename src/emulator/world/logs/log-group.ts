export interface LogGroup {
  name: string;
  createdAt: number;
  retentionInDays: number | undefined;
  tags: Map<string, string>;
  /** By name. */
  streams: Map<string, LogStream>;
}

export interface LogStream {
  name: string;
  createdAt: number;
  /** In order of their timestamps. */
  events: LogEvent[];
}

export interface LogEvent {
  id: string;
  /** Milliseconds since the epoch, in the world's time, as are all times here. */
  timestamp: number;
  ingestedAt: number;
  message: string;
}
