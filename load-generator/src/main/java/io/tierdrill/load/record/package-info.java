/**
 * What is kept of a run: {@link io.tierdrill.load.record.RunRecord} is the door. Each sending loop tells a
 * {@link io.tierdrill.load.record.LoopRecord} of its own of one request after another, which hands a second's worth of
 * histograms at a time to a writer that puts those of all loops together; in the end it is judged whether the injector kept
 * its limits.
 */
package io.tierdrill.load.record;
