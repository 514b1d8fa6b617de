/** The part of jStat that is used here; it ships no types. */
declare module "jstat" {
  interface Distribution {
    inv(p: number, ...parameters: readonly number[]): number;
    cdf(x: number, ...parameters: readonly number[]): number;
  }
  const jstat: { readonly chisquare: Distribution; readonly normal: Distribution; readonly studentt: Distribution };
  export default jstat;
}
