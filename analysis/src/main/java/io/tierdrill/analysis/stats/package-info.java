/**
 * The little statistics a verdict needs, each with its source: order statistics
 * ({@link io.tierdrill.analysis.stats.Sorted}), trends and proportions.
 */
package io.tierdrill.analysis.stats;
