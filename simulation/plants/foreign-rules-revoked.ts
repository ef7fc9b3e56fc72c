import { ownershipMark } from '../../src/sinks/ownership-mark.ts';
import { type Fields, isCommand, type Plant, withClients } from './plant.ts';

/** FM13, FM22 */
export const foreignRulesRevoked: Plant = {
  name: 'foreign-rules-revoked',
  mistake: 'rules without the mark of the binding are treated as its own',
  invoke: withClients(async (send, command) => {
    const answer = await send(command);
    if (!isCommand(command, 'DescribeSecurityGroupRules')) return answer;
    const SecurityGroupRules = answer.SecurityGroupRules?.map((rule: Fields) => ({
      ...rule,
      Description: ownershipMark('allow'),
    }));
    return { ...answer, SecurityGroupRules };
  }),
};
