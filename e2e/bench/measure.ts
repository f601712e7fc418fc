/** A measure of both pages: a figure of each round, in milliseconds. */
export type Measure = {
  what: string;
  ours: number[];
  plain: number[];
  /** Empty where it only explains another. */
  goal: string;
  /** Given our median, and that of the ratios. */
  met?(ours: number, ratio: number): boolean;
};

/** One line of the table for each. */
export function table(measures: Measure[]): string {
  const lines = measures.map(({ what, ours, plain, goal, met }) => {
    // Of each round by itself: what slows the machine down for some of them slows both pages down.
    const ratios = ours.map((mine, round) => mine / plain[round]!).filter(Number.isFinite);
    const ratio = ratios.length > 0 ? median(ratios) : Infinity;
    const end = met === undefined ? "" : met(median(ours), ratio) ? "met" : "**not met**";
    return `| ${what} | ${shown(ours)} | ${shown(plain)} | ${Number.isFinite(ratio) ? ratio.toFixed(2) : "–"} | ${goal} | ${end} |`;
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
