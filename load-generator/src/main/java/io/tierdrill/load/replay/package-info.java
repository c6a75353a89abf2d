/**
 * Replaying a trace: {@link io.tierdrill.load.replay.ReplayConfig} holds the settings,
 * {@link io.tierdrill.load.replay.TraceReplay} streams the requests at their new times, with clones of its users where
 * the trace is scaled up.
 */
package io.tierdrill.load.replay;
