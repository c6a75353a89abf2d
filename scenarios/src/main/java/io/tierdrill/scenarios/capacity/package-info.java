/**
 * How much a stack holds, tried on the stack itself: {@link io.tierdrill.scenarios.capacity.CapacityStudy} sends rate
 * after rate at it, as {@code io.tierdrill.analysis.capacity} asks for, loads it past its limit, takes instances away,
 * and moves the limit it suspects.
 */
package io.tierdrill.scenarios.capacity;
