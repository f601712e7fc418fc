/** A measure of both pages: a figure of each round, in milliseconds. */
export type Measure = {
  what: string;
  ours: number[];
  plain: number[];
  goal: string;
  /** Given the medians. */
  met(ours: number, plain: number): boolean;
};

/** One line of the table for each. */
export function table(measures: Measure[]): string {
  const lines = measures.map(({ what, ours, plain, goal, met }) => {
    const [a, b] = [median(ours), median(plain)];
    const ratio = b > 0 ? (a / b).toFixed(2) : "–";
    return `| ${what} | ${shown(ours)} | ${shown(plain)} | ${ratio} | ${goal} | ${met(a, b) ? "met" : "**not met**"} |`;
  });
  return ["| measure, ms | ours | without a framework | ratio | goal | |", "|---|--:|--:|--:|---|---|", ...lines].join("\n");
}

export function median(figures: number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median, with the least and the largest. */
function shown(figures: number[]): string {
  const text = (figure: number) => (figure === 0 ? "none" : figure.toFixed(figure < 100 ? 1 : 0));
  return `${text(median(figures))} (${text(Math.min(...figures))} to ${text(Math.max(...figures))})`;
}
