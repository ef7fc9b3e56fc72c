import type { SourceConfig } from '../../../src/config/config.ts';
import type { Cell } from '../../../src/emulator/core/cell.ts';
import type { Dice } from '../../dice.ts';
import type { SimulatedSource } from '../simulated-binding.ts';

/** A list in the configuration, which is deployed with another list now and then. */
export function declaredSource(cell: Cell, most: number): SimulatedSource {
  let declared = addresses(0, 3);
  let config: SourceConfig = { type: 'static', addresses: declared };
  return {
    // The same until there is another list.
    config: () => config,
    reads: [],
    standings: () => new Map(declared.map((address) => [address, 'serving'])),
    // Nobody sends to these, so that nobody waits for those that replace them.
    tellsWhatIsGone: true,
    change(dice: Dice): string {
      declared = addresses(dice.between(0, 5), dice.between(1, most));
      config = { type: 'static', addresses: declared };
      // Whoever keeps the truth looks again at each change.
      cell.network.changes.announce();
      return `${declared.length} addresses from ${declared[0]} are declared`;
    },
  };
}

function addresses(offset: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const place = offset + index;
    return `192.168.${Math.floor(place / 200)}.${10 + (place % 200)}`;
  });
}
