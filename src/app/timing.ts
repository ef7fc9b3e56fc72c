/** When a pass started, in milliseconds since the Unix epoch, and how many it took. */
export interface Timing {
  started: number;
  duration: number;
}
