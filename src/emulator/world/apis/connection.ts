/** A client of a WebSocket API, from when it is let in until it is gone. */
export interface Connection {
  id: string;
  apiId: string;
  stageName: string;
  connectedAt: number;
  lastActiveAt: number;
  sourceIp: string;
  userAgent: string;
  /** Sends a text to the client. */
  send(text: string): void;
  /** Ends the connection from the API's side. */
  close(code: number, reason: string): void;
}
