import type { AccountAttributeName, EC2 } from '@aws-sdk/client-ec2';
import { AwsError } from '../../core/aws-error.ts';
import type { Cell } from '../../core/cell.ts';
import type { Operations } from '../../core/service.ts';

/** What a new account has, with AWS's default quotas. */
const attributes: Readonly<Record<string, (cell: Cell) => string[]>> = {
  'supported-platforms': () => ['VPC'],
  'default-vpc': ({ network }) => [
    [...network.vpcs.values()].find(({ isDefault }) => isDefault)?.id ?? 'none',
  ],
  'max-instances': () => ['20'],
  'vpc-max-security-groups-per-interface': () => ['5'],
  'max-elastic-ips': () => ['5'],
  'vpc-max-elastic-ips': () => ['5'],
};

export const accountAttributes: Operations<EC2> = {
  DescribeAccountAttributes({ AttributeNames }, { cell }) {
    const unknown = AttributeNames?.find((name) => !(name in attributes));
    if (unknown !== undefined) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value (${unknown}) for parameter attributeName is invalid. Unknown account attribute.`,
      );
    }
    const names = AttributeNames?.length ? AttributeNames : Object.keys(attributes);
    return {
      AccountAttributes: names.map((name) => ({
        AttributeName: name as AccountAttributeName,
        AttributeValues: attributes[name]?.(cell).map((value) => ({ AttributeValue: value })),
      })),
    };
  },
};
