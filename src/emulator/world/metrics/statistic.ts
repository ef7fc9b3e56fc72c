import type { Distribution } from './distribution.ts';

/** A period in one number; undefined where its values are not known well enough. */
export type Statistic = (values: Distribution) => number | undefined;

const simple: Readonly<Record<string, Statistic>> = {
  SampleCount: ({ count }) => count,
  Average: ({ sum, count }) => sum / count,
  Sum: ({ sum }) => sum,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
};

/** A statistic by CloudWatch's name: `Average`, `p99.9`; undefined for what is none, or none that is known here. */
export function statisticNamed(name: string): Statistic | undefined {
  const percent = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name)?.[1];
  return percent === undefined ? simple[name] : percentile(Number(percent));
}

/** By the nearest rank: the least value that so much of all values does not exceed. */
function percentile(percent: number): Statistic {
  return ({ values, count }) => {
    if (!values) return undefined;
    let rank = (percent / 100) * count;
    const ordered = [...values].sort(([one], [other]) => one - other);
    for (const [value, times] of ordered) {
      rank -= times;
      if (rank <= 0) return value;
    }
    return ordered.at(-1)?.[0];
  };
}
