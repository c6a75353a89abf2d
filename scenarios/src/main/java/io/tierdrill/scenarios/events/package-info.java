/**
 * What happens to the stack on purpose while a scenario runs: read by {@link io.tierdrill.scenarios.events.EventReader},
 * carried out on time by {@link io.tierdrill.scenarios.events.Conductor}. Knows the stack and nothing of scenarios.
 */
package io.tierdrill.scenarios.events;
