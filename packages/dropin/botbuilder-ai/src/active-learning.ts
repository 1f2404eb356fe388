import type { QnAMakerResult } from './question-models.ts'

/** Which answers lie so close together that the user had better choose. */
export class ActiveLearningUtils {
  static readonly MinimumScoreForLowScoreVariation = 20
  static readonly MaximumScoreForLowScoreVariation = 95
  static readonly PreviousLowScoreVariationMultiplier = 0.7
  static readonly MaxLowScoreVariationMultiplier = 1

  /**
   * The first answers that lie close together, or only the first when it is far ahead; none when the first is unlikely.
   *
   * @param qnaSearchResults - The best answer first, scores from 0 to 1.
   */
  static getLowScoreVariation(qnaSearchResults: QnAMakerResult[]): QnAMakerResult[] {
    const [first, ...others] = qnaSearchResults ?? []
    if (!first) return []
    if (others.length === 0) return qnaSearchResults
    const top = first.score * 100
    if (top > ActiveLearningUtils.MaximumScoreForLowScoreVariation) return [first]
    if (top <= ActiveLearningUtils.MinimumScoreForLowScoreVariation) return []
    return [first, ...ActiveLearningUtils.closeTo(top, others)]
  }

  private static closeTo(top: number, others: readonly QnAMakerResult[]): QnAMakerResult[] {
    const { PreviousLowScoreVariationMultiplier: toPrevious, MaxLowScoreVariationMultiplier: toTop } =
      ActiveLearningUtils
    let previous = top
    return others.filter((result) => {
      const score = result.score * 100
      const isClose = previous - score < toPrevious * Math.sqrt(previous) && top - score < toTop * Math.sqrt(top)
      if (isClose) previous = score
      return isClose
    })
  }
}
