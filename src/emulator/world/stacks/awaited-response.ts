/** A response that a custom resource owes; its URL is a credential. */
export interface AwaitedResponse {
  signature: string;
  /** Takes the body; the first counts, others are ignored. */
  receive(body: string): void;
}
