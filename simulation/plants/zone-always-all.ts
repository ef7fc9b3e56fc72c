import { type Fields, isCommand, type Plant, withClients, withInput } from './plant.ts';

/** FM11 */
export const zoneAlwaysAll: Plant = {
  name: 'zone-always-all',
  mistake: 'every target is registered in the zone `all`',
  invoke: withClients((send, command) => {
    if (!isCommand(command, 'RegisterTargets')) return send(command);
    const Targets = command.input.Targets.map((target: Fields) => ({ ...target, AvailabilityZone: 'all' }));
    return send(withInput(command, { ...command.input, Targets }));
  }),
};
