/**
 * The questions, in the order they are asked:
 *
 * <ol>
 *   <li>{@link io.tierdrill.analysis.rule.ValidityRule}: can the measurement be trusted at all?
 *   <li>{@link io.tierdrill.analysis.rule.SloRule}: was each promise kept?
 *   <li>{@link io.tierdrill.analysis.rule.SaturationRule}: was anything at a limit? If not, no tier is blamed.
 *   <li>{@link io.tierdrill.analysis.rule.CrashRule}: did a process die first?
 *   <li>{@link io.tierdrill.analysis.rule.HostCpuRule}: did everybody wait for the same processors?
 *   <li>{@link io.tierdrill.analysis.rule.BackPressureRule}: which full resource waits for no other full one?
 *   <li>{@link io.tierdrill.analysis.rule.ImbalanceRule}: is it the whole tier, or one instance of it?
 *   <li>{@link io.tierdrill.analysis.rule.ErrorRule}: nothing is full; who fails?
 *   <li>{@link io.tierdrill.analysis.rule.LatencyRule}: nothing is full and nobody fails; where does the time go?
 *   <li>{@link io.tierdrill.analysis.rule.NearlyFullRule}: nobody knows; who hardly ever rests? A suspicion, no more.
 * </ol>
 *
 * {@link io.tierdrill.analysis.rule.Attribution} asks those that name a culprit; all work on
 * {@link io.tierdrill.analysis.rule.Facts}, which is computed once.
 */
package io.tierdrill.analysis.rule;
