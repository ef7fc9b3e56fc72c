/** What is to be closed at the end, the last opened first. */
export type Closing = (() => unknown)[];

export async function closeAll(closing: Closing): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}
