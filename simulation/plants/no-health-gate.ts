import { type Plant, withBindings } from './plant.ts';

/** FM7 */
export const noHealthGate: Plant = {
  name: 'no-health-gate',
  mistake: 'targets that work are removed without waiting for those that replace them',
  invoke: withBindings((binding) => ({ ...binding, policy: { ...binding.policy, minHealthyPercent: 0 } })),
};
