import { type Clock, every, type Timer } from '../../emulator/index.ts';
import { requestScaling } from './scale.ts';

/** Time enough for a scaling to be followed before the next: three ticks of the schedule. */
const period = 3 * 60_000;

/** Within what DNS tells whole: an answer holds eight addresses at the most. */
const fewest = 2;
const most = 7;

/** Scales an ALB to another random number of nodes, again and again. */
export function startChurn(
  clock: Clock,
  { endpoint, loadBalancer, random }: { endpoint: string; loadBalancer: string; random: () => number },
): Timer {
  let nodes = fewest;
  return every(clock, period, () => {
    const others = Array.from({ length: most - fewest + 1 }, (_, index) => fewest + index).filter(
      (n) => n !== nodes,
    );
    nodes = others[Math.floor(random() * others.length)] ?? fewest;
    void requestScaling(endpoint, loadBalancer, nodes).catch((error: Error) =>
      console.error(`churn: ${error.message}`),
    );
  });
}
