/** Mean over classes of recall: hits of a class ÷ posts of that class. Classes without posts are left out. */
export function macroRecall(truth: readonly string[], said: readonly string[]): number {
  const classes = [...new Set(truth)]
  const recalls = classes.map((each) => {
    const of = truth.map((label, at) => [label, said[at]]).filter(([label]) => label === each)
    return of.filter(([, guess]) => guess === each).length / of.length
  })
  return recalls.reduce((sum, recall) => sum + recall, 0) / classes.length
}

/** F1 of yes = 2·hits ÷ (posts that are yes + posts called so); 1 where there are neither. */
export function f1(truth: readonly boolean[], said: readonly boolean[]): number {
  let hits = 0
  let of = 0
  let called = 0
  truth.forEach((yes, at) => {
    if (yes) of++
    if (said[at]) called++
    if (yes && said[at]) hits++
  })
  return of + called === 0 ? 1 : (2 * hits) / (of + called)
}

/** Mean over classes of their F1. */
export function macroF1(truth: readonly string[], said: readonly string[]): number {
  const classes = [...new Set(truth)]
  const isClass = (labels: readonly string[], each: string) => labels.map((label) => label === each)
  const scores = classes.map((each) => f1(isClass(truth, each), isClass(said, each)))
  return scores.reduce((sum, score) => sum + score, 0) / classes.length
}

/** Average precision: the mean, over the posts that are `true`, of the precision down to that post by falling score. */
export function averagePrecision(truth: readonly boolean[], scores: readonly number[]): number {
  const order = scores.map((_, at) => at).sort((a, b) => scores[b]! - scores[a]! || a - b)
  let hits = 0
  let sum = 0
  order.forEach((at, rank) => {
    if (!truth[at]) return
    hits++
    sum += hits / (rank + 1)
  })
  return sum / Math.max(1, hits)
}

/** Expected calibration error (Naeini et al. 2015): |accuracy - confidence| of equal-width bins, weighed by their size. */
export function calibrationError(right: readonly boolean[], confidences: readonly number[], bins = 15): number {
  const sums = Array.from({ length: bins }, () => ({ n: 0, right: 0, confidence: 0 }))
  confidences.forEach((confidence, at) => {
    const bin = sums[Math.min(bins - 1, Math.floor(confidence * bins))]!
    bin.n++
    bin.right += right[at] ? 1 : 0
    bin.confidence += confidence
  })
  return sums.reduce((sum, { right, confidence }) => sum + Math.abs(right - confidence), 0) / confidences.length
}
