/**
 * Laws of arrival. {@link io.tierdrill.load.arrival.ArrivalProcess} is the door: a process is told the last arrival and
 * answers the next, in expected requests instead of seconds. Everything else is wrapped around it as a change of time:
 * {@link io.tierdrill.load.arrival.Bursts} makes it clump, {@link io.tierdrill.load.arrival.RateCurve} gives it a rate.
 */
package io.tierdrill.load.arrival;
