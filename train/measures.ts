/** Mean over classes of recall: hits of a class ÷ posts of that class. Classes without posts are left out. */
export function macroRecall(truth: readonly string[], said: readonly string[]): number {
  const classes = [...new Set(truth)]
  const recalls = classes.map((each) => {
    const of = truth.map((label, at) => [label, said[at]]).filter(([label]) => label === each)
    return of.filter(([, guess]) => guess === each).length / of.length
  })
  return recalls.reduce((sum, recall) => sum + recall, 0) / classes.length
}

/** Mean over classes of F1 = 2·hits ÷ (posts of the class + posts called so). */
export function macroF1(truth: readonly string[], said: readonly string[]): number {
  const classes = [...new Set(truth)]
  const scores = classes.map((each) => {
    let hits = 0
    let of = 0
    let called = 0
    truth.forEach((label, at) => {
      if (label === each) of++
      if (said[at] === each) called++
      if (label === each && said[at] === each) hits++
    })
    return (2 * hits) / (of + called)
  })
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
