/**
 * What happens while a run goes on: {@link io.tierdrill.load.live.Live} is the door. It is told of each second that is
 * over, on the thread that keeps the histograms, shows it at {@code /metrics} and ends the run where a rule of
 * {@code abortOn} is broken. {@link io.tierdrill.load.live.AbortWatch} is pure and knows no clock.
 */
package io.tierdrill.load.live;
