/**
 * How much a stack holds: which rate to try next, and what the tries together mean. Pure: rates and outcomes in, rates
 * and intervals out; who sends is somebody else. Begin with {@link io.tierdrill.analysis.capacity.CapacitySearch}.
 */
package io.tierdrill.analysis.capacity;
