/**
 * Answers: the frozen parts a verdict is made of. Records without opinions; {@code io.tierdrill.analysis.rule} makes
 * them and {@code verdict.json} shows them, so a name here is a name there. Begin with
 * {@link io.tierdrill.analysis.finding.Bottleneck}.
 */
package io.tierdrill.analysis.finding;
