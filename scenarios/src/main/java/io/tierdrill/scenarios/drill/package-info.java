/**
 * What a stack bears: each component in turn is killed, hung, drained and restarted under load, and the figures say who
 * felt it and for how long. {@link io.tierdrill.scenarios.drill.DrillStudy} runs them; begin there. {@link
 * io.tierdrill.scenarios.drill.Course} and {@link io.tierdrill.scenarios.drill.HealthSeen} are pure: they read figures
 * out of samples.
 */
package io.tierdrill.scenarios.drill;
