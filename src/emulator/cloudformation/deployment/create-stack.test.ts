// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub writes its variables so
import { beforeEach, describe, expect, it } from 'vitest';
import { type StackDriver, stackDriver, thingsTemplate } from '../testing/stack-driver.ts';
import { type Things, things } from '../testing/things.ts';

let world: Things;
let driver: StackDriver;

beforeEach(() => {
  world = things();
  driver = stackDriver(world.providers);
});

describe('creating a stack', () => {
  it('makes what is needed first, and tells each step', async () => {
    await driver.create(
      thingsTemplate({
        Api: { Properties: { Link: { Ref: 'Link' }, Arn: { 'Fn::GetAtt': ['Link', 'Arn'] } } },
        Link: { Properties: { Size: 3 } },
      }),
    );
    expect(driver.events()).toEqual([
      'app CREATE_IN_PROGRESS: User Initiated',
      'Link CREATE_IN_PROGRESS',
      'Link CREATE_IN_PROGRESS: Resource creation Initiated',
      'Link CREATE_COMPLETE',
      'Api CREATE_IN_PROGRESS',
      'Api CREATE_IN_PROGRESS: Resource creation Initiated',
      'Api CREATE_COMPLETE',
      'app CREATE_COMPLETE',
    ]);
    expect(driver.stack().resources.get('Api')).toMatchObject({
      physicalId: 'Api-2',
      properties: { Link: 'Link-1', Arn: 'arn:Link-1' },
    });
  });

  it('leaves out resources and outputs whose condition does not hold', async () => {
    await driver.create(
      thingsTemplate(
        { A: { Condition: 'Wanted' }, B: { Condition: 'Unwanted' }, C: { DependsOn: ['B'] } },
        {
          Conditions: {
            Wanted: { 'Fn::Equals': ['a', 'a'] },
            Unwanted: { 'Fn::Not': [{ Condition: 'Wanted' }] },
          },
          Outputs: {
            Given: { Value: { Ref: 'A' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-a' } } },
            Withheld: { Value: { Ref: 'B' }, Condition: 'Unwanted' },
          },
        },
      ),
    );
    expect([...world.existing].sort()).toEqual(['A-1', 'C-2']);
    expect(driver.stack().outputs).toEqual([{ OutputKey: 'Given', OutputValue: 'A-1', ExportName: 'app-a' }]);
    expect(driver.cell.stacks.exports().get('app-a')?.value).toBe('A-1');
  });

  it('takes back what was made when one fails, the last first, and says why', async () => {
    await driver.create(
      thingsTemplate({
        Vpc: {},
        Subnet: { Properties: { Vpc: { Ref: 'Vpc' } } },
        Nlb: { Properties: { Subnet: { Ref: 'Subnet' }, Seconds: 1, Fails: 'create' } },
        Slow: { Properties: { Seconds: 600 } },
        Never: { Properties: { Nlb: { Ref: 'Nlb' } } },
      }),
    );
    await driver.clock.advance(1000);
    expect(driver.events().slice(-8)).toEqual([
      'Nlb CREATE_FAILED: cannot create',
      'Slow CREATE_FAILED: Resource creation cancelled',
      'app ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [Slow, Nlb]. Rollback requested by user.',
      'Subnet DELETE_IN_PROGRESS',
      'Subnet DELETE_COMPLETE',
      'Vpc DELETE_IN_PROGRESS',
      'Vpc DELETE_COMPLETE',
      'app ROLLBACK_COMPLETE',
    ]);
    expect(world.existing.size).toBe(0);
    expect(world.done).not.toContain('create Never-5');
  });

  it('reports a crash as the failure of the resource', async () => {
    await driver.create(thingsTemplate({ A: { Properties: { Throws: true } } }));
    expect(driver.stack().status).toBe('ROLLBACK_COMPLETE');
    expect(driver.stack().resources.get('A')?.reason).toMatch(
      /^Resource handler returned message: "cannot read properties of undefined" .*HandlerErrorCode: InternalFailure\)$/,
    );
  });

  it.each([
    { options: { DisableRollback: true }, status: 'CREATE_FAILED', left: ['A-1'] },
    { options: { OnFailure: 'DO_NOTHING' as const }, status: 'CREATE_FAILED', left: ['A-1'] },
    { options: { OnFailure: 'DELETE' as const }, status: 'DELETE_COMPLETE', left: [] },
    { options: { OnFailure: 'ROLLBACK' as const }, status: 'ROLLBACK_COMPLETE', left: [] },
  ])('ends in $status after a failure with $options', async ({ options, status, left }) => {
    await driver.create(
      thingsTemplate({ A: {}, B: { DependsOn: 'A', Properties: { Fails: 'create' } } }),
      options,
    );
    expect(driver.stack().status).toBe(status);
    expect([...world.existing]).toEqual(left);
  });

  it('rolls back where an attribute is not there', async () => {
    await driver.create(
      thingsTemplate({ A: {}, B: { Properties: { P: { 'Fn::GetAtt': ['A', 'Nothing'] } } } }),
    );
    expect(driver.events()).toContain(
      'B CREATE_FAILED: Template error: resource A does not support attribute type Nothing in Fn::GetAtt',
    );
    expect(driver.stack().status).toBe('ROLLBACK_COMPLETE');
  });

  it('takes values that other stacks export', async () => {
    const exporting = { Outputs: { Id: { Value: { Ref: 'A' }, Export: { Name: 'shared' } } } };
    const importing = (name: string) =>
      thingsTemplate({ B: { Properties: { P: { 'Fn::ImportValue': name } } } });
    await driver.create(thingsTemplate({ A: {} }, exporting));
    await driver.create(importing('shared'), { StackName: 'second' });
    expect(driver.stack().resources.get('B')?.properties).toEqual({ P: 'A-1' });
    await driver.create(importing('other'), { StackName: 'third' });
    expect(driver.events()).toContain('B CREATE_FAILED: No export named other found.');
    await driver.create(
      thingsTemplate({ C: {} }, { Outputs: { Id: { Value: '1', Export: { Name: 'shared' } } } }),
      {
        StackName: 'fourth',
      },
    );
    expect(driver.events()).toContain(
      'fourth ROLLBACK_IN_PROGRESS: Export with name shared is already exported by stack app. Rollback requested by user.',
    );
  });

  it('gives up after the time that it was given', async () => {
    await driver.create(thingsTemplate({ A: { Properties: { Seconds: 600 } } }), { TimeoutInMinutes: 2 });
    await driver.clock.advance(119_000);
    expect(driver.stack().status).toBe('CREATE_IN_PROGRESS');
    await driver.clock.advance(1_000);
    expect(driver.stack().status).toBe('ROLLBACK_COMPLETE');
  });

  it('rolls back where a parameter names a VPC that does not exist', async () => {
    const Parameters = { VpcId: { Type: 'AWS::EC2::VPC::Id' } };
    await driver.create(thingsTemplate({ A: {} }, { Parameters }), {
      Parameters: [{ ParameterKey: 'VpcId', ParameterValue: 'vpc-0' }],
    });
    expect(driver.events()).toEqual([
      'app CREATE_IN_PROGRESS: User Initiated',
      'app ROLLBACK_IN_PROGRESS: Parameter validation failed: parameter value vpc-0 for parameter name VpcId does not exist. Rollback requested by user.',
      'app ROLLBACK_COMPLETE',
    ]);
    expect(world.done).toEqual([]);
  });
});
