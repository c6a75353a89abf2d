package io.tierdrill.scenarios.evaluate;

import io.tierdrill.analysis.score.ScoredRun;
import java.time.Duration;

/**
 * A run more is done.
 *
 * @param done how many are, this one and those of earlier sittings included
 * @param planned how many there will be
 * @param left for how long this sitting will go on, by how long it took so far
 */
public record EvaluationStep(ScoredRun run, int done, int planned, Duration left) {}
