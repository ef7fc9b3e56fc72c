export { type Clock, every, type Timer } from './clock/clock.ts';
export { scaledClock } from './clock/scaled-clock.ts';
export { type SteppedClock, steppedClock } from './clock/stepped-clock.ts';
export { wallClock } from './clock/wall-clock.ts';
export type { Cell, Servers } from './core/cell.ts';
export { ListenError } from './core/listen.ts';
export { type DataPlaneSettings, type Emulator, type EmulatorOptions, startEmulator } from './emulator.ts';
export type { InstanceSoftware, StartInstance, StartingInstance } from './world/compute/instance-software.ts';
export type { Timings } from './world/load-balancing/timings.ts';
