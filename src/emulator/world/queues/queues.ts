import type { Message } from './message.ts';
import type { Queue } from './queue.ts';

/** SQS queues. */
export class Queues {
  /** By name. */
  readonly all: Map<string, Queue> = new Map();
  readonly #isDuplicated: (queue: Queue) => boolean;

  /** @param isDuplicated asked of each message received: SQS promises to deliver it once at least, not once */
  constructor(isDuplicated: (queue: Queue) => boolean) {
    this.#isDuplicated = isDuplicated;
  }

  byArn(arn: string): Queue | undefined {
    for (const queue of this.all.values()) if (queue.arn === arn) return queue;
    return undefined;
  }

  /** The next messages of a queue; those that were received too often go to its dead-letter queue instead. */
  receive(queue: Queue, most: number, visibilityTimeout?: number): Message[] {
    const received = queue.receive(most, visibilityTimeout);
    for (const message of received) {
      if (!message.isCopy && this.#isDuplicated(queue)) queue.copy(message);
    }
    const { redrive } = queue.settings;
    const deadLetters = redrive && this.byArn(redrive.deadLetterTargetArn);
    if (!redrive || !deadLetters) return received;
    return received.filter((message) => {
      if (message.receives <= redrive.maxReceiveCount) return true;
      queue.delete(message);
      deadLetters.adopt(message);
      return false;
    });
  }

  delete(queue: Queue): void {
    queue.close();
    this.all.delete(queue.name);
  }

  close(): void {
    for (const queue of this.all.values()) queue.close();
  }
}
