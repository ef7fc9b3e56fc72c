import { type Fields, isCommand, type Plant, withClients, withInput } from './plant.ts';

/** FM10 */
export const portLeftOut: Plant = {
  name: 'port-left-out',
  mistake: 'targets are deregistered by their address alone',
  invoke: withClients((send, command) => {
    if (!isCommand(command, 'DeregisterTargets')) return send(command);
    const Targets = command.input.Targets.map(({ Id }: Fields) => ({ Id }));
    return send(withInput(command, { ...command.input, Targets }));
  }),
};
