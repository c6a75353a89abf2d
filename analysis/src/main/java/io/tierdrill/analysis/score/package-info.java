/**
 * How right our own verdicts are. Bottlenecks were planted, verdicts were asked without being told; here the answers
 * meet the truth. {@link io.tierdrill.analysis.score.Score} is the door: it counts
 * {@link io.tierdrill.analysis.score.ScoredRun}s, beside the {@link io.tierdrill.analysis.score.NaiveRule}s one might use
 * instead. Pure, as all of the analysis; who plants and asks is {@code io.tierdrill.scenarios.evaluate}.
 */
package io.tierdrill.analysis.score;
