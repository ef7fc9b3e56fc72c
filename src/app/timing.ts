/** When a pass started, in milliseconds since the Unix epoch, and how many it took. */
export interface Timing {
  started: number;
  duration: number;
  /** Milliseconds since the binding's last pass that succeeded, as far as this process knows; 0 if this one did. */
  sinceSuccess: number;
}
