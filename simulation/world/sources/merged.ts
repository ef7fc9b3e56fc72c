import type { PartSourceConfig } from '../../../src/config/config.ts';
import type { Standing } from '../../truth/standing.ts';
import type { SimulatedSource } from '../simulated-binding.ts';

/** Whose word counts where the parts differ about an address. */
const precedence: readonly Standing[] = ['serving', 'starting', 'leaving', 'dead', 'stranger', 'none'];

export function mergedSource(parts: readonly SimulatedSource[]): SimulatedSource {
  return {
    config: () => ({ type: 'merged', sources: parts.map((part) => part.config() as PartSourceConfig) }),
    reads: parts.flatMap(({ reads }) => reads),
    standings() {
      const merged = new Map<string, Standing>();
      for (const [address, standing] of parts.flatMap((part) => [...part.standings()])) {
        const other = merged.get(address) ?? 'none';
        if (precedence.indexOf(standing) < precedence.indexOf(other)) merged.set(address, standing);
      }
      return merged;
    },
    tellsWhatIsGone: parts.every(({ tellsWhatIsGone }) => tellsWhatIsGone),
    change(dice) {
      return parts.find(({ change }) => change)?.change?.(dice) ?? 'nothing';
    },
  };
}
