/**
 * Replaying traces: {@link io.tierdrill.load.replay.ReplayConfig} holds the settings,
 * {@link io.tierdrill.load.replay.TraceReplay} streams the requests at their new times, with users sampled or cloned.
 *
 * <pre>
 *   TraceSurvey (one pass) ─> Spread (how far behind copies act), OwnRate (what a shape is set against)
 *   PartReplay  (one trace) = TraceReader x UserCount (how many users) x Crowd (who, and each one's moment) x NewUser
 *   TraceReplay = the parts of a mix, merged
 * </pre>
 */
package io.tierdrill.load.replay;
