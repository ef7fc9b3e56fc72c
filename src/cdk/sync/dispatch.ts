import { Duration, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type BridgeFunctionOptions, bridgeFunction } from '../bridge-function.ts';
import { functionCode } from '../function-code.ts';

/** Properties of `Dispatch`. */
export interface DispatchProps extends BridgeFunctionOptions {
  /** From one pass to the next, below a minute: `10s`. */
  readonly every?: string;

  readonly code?: lambda.Code;
}

/** What starts passes at other times than a schedule can: a queue of delayed messages, and the function that fills it. */
export class Dispatch extends Construct {
  readonly function: lambda.Function;
  readonly queue: sqs.Queue;

  constructor(scope: Construct, id: string, props: DispatchProps) {
    super(scope, id);
    this.queue = new sqs.Queue(this, 'Queue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The longest delay is two minutes, and what is later than a tick is dropped anyway.
      retentionPeriod: Duration.minutes(5),
      // Lambda demands at least the time-out of the function that it invokes.
      visibilityTimeout: Duration.minutes(1),
    });
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'A message that could not be delivered is late, and the next tick does all that it would have done',
    });
    this.function = bridgeFunction(this, {
      code: props.code ?? functionCode('dispatch'),
      description: 'Sends the messages that start passes of albridge later',
      environment: {
        ALBRIDGE_QUEUE_URL: this.queue.queueUrl,
        ...(props.every !== undefined && { ALBRIDGE_EVERY: props.every }),
      },
      logRetention: props.logRetention,
      permissions: [
        new iam.PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }),
      ],
      timeout: Duration.seconds(30),
    });
    // What it would send late is of no use: the next minute brings the next ticks.
    this.function.configureAsyncInvoke({ maxEventAge: Duration.minutes(1), retryAttempts: 0 });
  }

  /** What the role of the function that the queue invokes must be allowed. */
  consumption(): iam.PolicyStatement {
    return new iam.PolicyStatement({
      actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      resources: [this.queue.queueArn],
    });
  }

  /** Has the queue invoke a function, all messages that wait in one invocation. */
  invoke(target: lambda.IFunction): void {
    new lambda.EventSourceMapping(this, 'Mapping', {
      batchSize: 10,
      eventSourceArn: this.queue.queueArn,
      // The least that Lambda allows: one pass is enough, and two may overlap.
      maxConcurrency: 2,
      target,
    });
  }
}
