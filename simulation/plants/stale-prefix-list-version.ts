import {
  type Fields,
  isCommand,
  type Plant,
  type Send,
  type SentCommand,
  withClients,
  withInput,
} from './plant.ts';

/**
 * FM17. A version is asked for once, goes into every change of the run, and when AWS says that it is not the list's
 * any more, that passes for somebody else having done the work. So a run that adds never removes, and what meets with
 * another's change is told as done and never was.
 */
export const stalePrefixListVersion: Plant = {
  name: 'stale-prefix-list-version',
  mistake: "a prefix list's version is read once for all changes of a run, and a mismatch counts as done",
  invoke: (config, options) => withClients(versionReadOnce())(config, options),
};

function versionReadOnce(): (send: Send, command: SentCommand) => Promise<Fields> {
  const versions = new Map<string, number>();
  return async (send, command) => {
    if (!isCommand(command, 'ModifyManagedPrefixList')) {
      const answer = await send(command);
      for (const { PrefixListId: id, Version: version } of answer.PrefixLists ?? []) {
        if (!versions.has(id)) versions.set(id, version);
      }
      return answer;
    }
    const { PrefixListId: id } = command.input;
    try {
      return await send(withInput(command, { ...command.input, CurrentVersion: versions.get(id) }));
    } catch (error) {
      if ((error as Error).name === 'PrefixListVersionMismatch') return {};
      throw error;
    }
  };
}
