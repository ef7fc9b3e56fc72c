import {
  Aws,
  CfnCondition,
  CfnParameter,
  type CfnResource,
  Fn,
  type IResolvable,
  type Stack,
} from 'aws-cdk-lib';

const MOST = 5;
const ADDRESS = '[0-9]{1,3}([.][0-9]{1,3}){3}';

/** A parameter of one to five addresses, and the lists that hold an entry for each address given. */
export class TargetAddresses {
  readonly parameter: CfnParameter;
  readonly first: string;
  readonly #others: { address: string; given: CfnCondition }[] = [];

  constructor(stack: Stack) {
    this.parameter = new CfnParameter(stack, 'TargetAddresses', {
      allowedPattern: `^${ADDRESS}(,${ADDRESS}){0,${MOST - 1}}$`,
      constraintDescription: 'must be one to five IPv4 addresses, separated by commas without spaces',
      description:
        'Private IPv4 addresses in the VPC that the ALB forwards to, one to five, separated by commas',
      type: 'String',
    });
    // Padded with empty ones, as Fn::Select fails beyond the end of a list.
    const padded = Fn.split(',', Fn.join('', [this.parameter.valueAsString, ','.repeat(MOST - 1)]));
    this.first = Fn.select(0, padded);
    for (let index = 1; index < MOST; index++) {
      const address = Fn.select(index, padded);
      const expression = Fn.conditionNot(Fn.conditionEquals(address, ''));
      this.#others.push({ address, given: new CfnCondition(stack, `HasTarget${index + 1}`, { expression }) });
    }
  }

  /** Replaces a list property by one entry for each address that is given. */
  override(resource: CfnResource, property: string, entry: (address: string) => object): void {
    const others = this.#others.map(
      ({ address, given }): IResolvable => Fn.conditionIf(given.logicalId, entry(address), Aws.NO_VALUE),
    );
    resource.addPropertyOverride(property, [entry(this.first), ...others]);
  }
}
