import { wire } from '../../src/app/wire.ts';
import { ownershipMark } from '../../src/sinks/ownership-mark.ts';
import {
  changed,
  type Fields,
  isCommand,
  type Plant,
  type Send,
  type SentCommand,
  withBindings,
} from './plant.ts';

/** FM13, FM22 */
export const foreignRulesRevoked: Plant = {
  name: 'foreign-rules-revoked',
  mistake: 'rules without the mark of the binding are treated as its own',
  invoke: withBindings((binding, config, reach) => {
    const clientsOf: typeof reach.clientsOf = (region, role) => {
      const clients = reach.clientsOf(region, role);
      return {
        ...clients,
        ec2: changed(clients.ec2, (send, command) => claimed(send, command, binding.name)),
      };
    };
    const rewired = wire(config, { ...reach, clientsOf }).sinks.find(({ name }) => name === binding.name);
    return { ...binding, sink: rewired?.sink ?? binding.sink };
  }),
};

async function claimed(send: Send, command: SentCommand, owner: string): Promise<Fields> {
  const answer = await send(command);
  if (!isCommand(command, 'DescribeSecurityGroupRules')) return answer;
  const SecurityGroupRules = answer.SecurityGroupRules?.map((rule: Fields) => ({
    ...rule,
    Description: ownershipMark(owner),
  }));
  return { ...answer, SecurityGroupRules };
}
