/** Gives a thing the settings that a call mentions, and leaves it the others. */
export function assign<T extends object>(thing: T, changes: { [Name in keyof T]?: T[Name] | undefined }): T {
  for (const [name, value] of Object.entries(changes)) {
    if (value !== undefined) Object.assign(thing, { [name]: value });
  }
  return thing;
}
