import { describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.ts';

const groupArn = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/group/0123456789abcdef';
const article = { targetPort: '8080', albDescription: 'web', nlbTargetGroupArn: groupArn };

const articleConfig = {
  bindings: [
    {
      name: 'group',
      source: { type: 'load-balancer', description: 'web' },
      sink: { type: 'target-group', arn: groupArn, port: 8080 },
      policy: { mode: 'sync' },
    },
  ],
};

const configured = {
  bindings: [
    {
      name: 'configured',
      source: { type: 'static', addresses: ['10.0.0.1'] },
      sink: { type: 'target-group', arn: groupArn, port: 80 },
      policy: { mode: 'upsert-only' },
    },
  ],
};
const environment = { ALBRIDGE_CONFIG: JSON.stringify(configured) };

const scheduled = { version: '0', source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };

describe('loadConfig', () => {
  it.each([
    { name: "the article's event", event: article, environment: {}, want: articleConfig },
    { name: "the article's event before the environment", event: article, environment, want: articleConfig },
    { name: 'ALBRIDGE_CONFIG on a scheduled event', event: scheduled, environment, want: configured },
    { name: 'ALBRIDGE_CONFIG on no event', event: undefined, environment, want: configured },
    {
      name: 'ALBRIDGE_CONFIG before the other variables',
      event: {},
      environment: { ...environment, ...article },
      want: configured,
    },
    {
      name: "the article's variables",
      event: {},
      environment: { ...article, PATH: '/bin' },
      want: articleConfig,
    },
  ])('takes $name', ({ event, environment, want }) => {
    expect(loadConfig(event, environment)).toEqual(want);
  });

  it.each([
    {
      name: 'an event with part of the fields',
      event: { targetPort: '80' },
      message:
        'the event is not valid: albDescription and nlbTargetGroupArn missing; give targetPort, albDescription, nlbTargetGroupArn',
    },
    {
      name: 'a port that is none',
      event: { ...article, targetPort: 'http' },
      message: 'the event is not valid: bindings[0].sink.port',
    },
    {
      name: 'a target group that is none',
      event: { ...article, nlbTargetGroupArn: 'group' },
      message: 'bindings[0].sink.arn: expected the arn of a target group, got "group"',
    },
    {
      name: 'fields that cannot even be made texts',
      event: { ...article, targetPort: { valueOf: 1 }, nlbTargetGroupArn: { toString: 1 } },
      message: 'bindings[0].sink.arn: invalid input: expected string, received object, got {"toString":1}',
    },
    { name: 'nothing at all', event: scheduled, message: 'there is no configuration; set ALBRIDGE_CONFIG' },
  ])('refuses $name', ({ event, message }) => {
    expect(() => loadConfig(event, {})).toThrow(message);
  });
});
