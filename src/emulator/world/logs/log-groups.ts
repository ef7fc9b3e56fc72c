/** Log groups, streams and events. */
export class LogGroups {}
