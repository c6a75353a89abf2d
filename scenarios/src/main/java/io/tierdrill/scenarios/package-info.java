/**
 * A scenario is a whole rehearsal in one file: what load, on what stack, for how long, held against what. {@link
 * io.tierdrill.scenarios.ScenarioFile} is the one reader of such files; {@link io.tierdrill.scenarios.Experiment} runs
 * one. Begin with {@code Experiment.run}: it is one screen.
 */
package io.tierdrill.scenarios;
