import type { Cell } from '../../core/cell.ts';
import type { Publication, Subscription } from '../../world/topics/topics.ts';

/** A message as a queue gets it, unless its subscription wants it raw. Nothing can be verified by the signature. */
export function envelope(cell: Cell, subscription: Subscription, publication: Publication): object {
  return {
    ...contents(subscription, publication),
    SigningCertURL: certificate(cell),
    UnsubscribeURL: unsubscription(cell, subscription),
    ...attributes(publication),
  };
}

/** The event that a function gets, with URLs spelled in its own way. */
export function functionEvent(cell: Cell, subscription: Subscription, publication: Publication): object {
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        Sns: {
          ...contents(subscription, publication),
          Subject: publication.subject ?? null,
          SigningCertUrl: certificate(cell),
          UnsubscribeUrl: unsubscription(cell, subscription),
          MessageAttributes: {},
          ...attributes(publication),
        },
      },
    ],
  };
}

function contents({ protocol }: Subscription, publication: Publication): object {
  const { byProtocol, message, subject } = publication;
  return {
    Type: 'Notification',
    MessageId: publication.id,
    TopicArn: publication.topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: byProtocol?.[protocol] ?? byProtocol?.default ?? message,
    Timestamp: new Date(publication.publishedAt).toISOString(),
    SignatureVersion: '1',
    Signature: Buffer.from('not signed: this is a local AWS').toString('base64'),
  };
}

function attributes({ attributes }: Publication): object {
  const entries = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { Type: DataType, Value: StringValue ?? Buffer.from(BinaryValue ?? new Uint8Array()).toString('base64') },
  ]);
  return entries.length > 0 ? { MessageAttributes: Object.fromEntries(entries) } : {};
}

function certificate({ servers }: Cell): string {
  return `${servers.endpoint}/SimpleNotificationService.pem`;
}

function unsubscription({ servers }: Cell, { arn }: Subscription): string {
  return `${servers.endpoint}/?Action=Unsubscribe&SubscriptionArn=${encodeURIComponent(arn)}`;
}
