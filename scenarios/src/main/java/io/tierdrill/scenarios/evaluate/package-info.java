/**
 * Finds out how right our verdicts are. A {@link io.tierdrill.scenarios.evaluate.Matrix} says what is planted where;
 * {@link io.tierdrill.scenarios.evaluate.Evaluation} plants it, proves that it bites, asks for the verdict without
 * telling it, and leaves a line a run for {@code io.tierdrill.analysis.score}. Begin with {@code Evaluation.run}; what is
 * done to a stack from outside its settings is in {@code force}.
 */
package io.tierdrill.scenarios.evaluate;
