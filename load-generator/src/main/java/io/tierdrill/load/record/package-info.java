/**
 * What is kept of a run: {@link io.tierdrill.load.record.RunRecord} is the door. It takes one
 * {@link io.tierdrill.model.sample.RequestSample} after another on the injector's thread, hands a second's worth of
 * histograms at a time to a writer of its own, and in the end judges whether the injector kept its limits.
 */
package io.tierdrill.load.record;
