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

const noParameters = () => Promise.reject(new Error('no parameters are to be read'));

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
  ])('takes $name', async ({ event, environment, want }) => {
    expect(await loadConfig(event, environment, noParameters)).toEqual(want);
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
  ])('refuses $name', async ({ event, message }) => {
    await expect(loadConfig(event, {}, noParameters)).rejects.toThrow(message);
  });
});

describe('loadConfig from parameters', () => {
  const path = '/albridge/stack';
  const environment = { ALBRIDGE_CONFIG_PARAMETERS: path };
  const [binding] = configured.bindings;
  const other = { ...binding, name: 'other', sink: { type: 'prefix-list', id: 'pl-0' } };
  const stored = (...values: unknown[]) =>
    values.map((value, index) => ({
      name: `${path}/${index}`,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    }));

  it('takes a binding from each', async () => {
    const read = async (asked: string) => (asked === path ? stored(binding, other) : []);
    expect(await loadConfig(scheduled, environment, read)).toEqual({ bindings: [binding, other] });
  });

  it("takes the article's event without reading them", async () => {
    expect(await loadConfig(article, environment, noParameters)).toEqual(articleConfig);
  });

  it.each([
    { name: 'none', found: [], message: "there are no parameters under '/albridge/stack'" },
    {
      name: 'what is not json',
      found: stored(binding, '{'),
      message: "parameter '/albridge/stack/1' is not json: ",
    },
    {
      name: 'fields that are not known, and every other problem',
      found: stored({ ...binding, policy: { mode: 'sync', min: 1 } }, { ...other, name: '' }, 7),
      message:
        /^the parameters under '\/albridge\/stack' are not valid: parameter '\/albridge\/stack\/0': policy: unrecognized key: "min", .*; parameter '\/albridge\/stack\/1': name: expected letters.*; parameter '\/albridge\/stack\/2': the whole: /,
    },
    {
      name: 'a name that another has',
      found: stored(binding, { ...other, name: 'configured' }),
      message: `parameter '/albridge/stack/1': name: expected a name that no other binding has, got "configured"`,
    },
    {
      name: 'a whole configuration',
      found: stored(configured),
      message: `parameter '/albridge/stack/0': name: `,
    },
  ])('refuses $name', async ({ found, message }) => {
    await expect(loadConfig({}, environment, async () => found)).rejects.toThrow(message);
  });

  it('refuses another configuration besides', async () => {
    const both = { ...environment, ALBRIDGE_CONFIG: JSON.stringify(configured) };
    await expect(loadConfig({}, both, noParameters)).rejects.toThrow('unset one of them');
  });

  it('fails where they cannot be read (FM1)', async () => {
    await expect(loadConfig({}, environment, noParameters)).rejects.toThrow('no parameters are to be read');
  });
});
