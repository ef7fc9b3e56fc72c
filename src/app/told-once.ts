/** Gives of what is to be told only what it has not given before. */
export type ToldOnce = <Telling extends { message: string }>(all: readonly Telling[]) => readonly Telling[];

export function toldOnce(): ToldOnce {
  const told = new Set<string>();
  return (all) => {
    const news = all.filter(({ message }) => !told.has(message));
    for (const { message } of news) told.add(message);
    return news;
  };
}
