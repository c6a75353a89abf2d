/**
 * Where the time of a request went. {@link io.tierdrill.analysis.stage.Decomposition} is the door: it splits each
 * request along the chain of tiers that reported on it, so that the pieces add up to its latency.
 */
package io.tierdrill.analysis.stage;
