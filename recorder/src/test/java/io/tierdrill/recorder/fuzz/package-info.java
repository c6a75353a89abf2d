/**
 * Fuzzing of everything that reads what others wrote. {@link io.tierdrill.recorder.fuzz.FuzzTargets} lists the targets;
 * each is a parser, its seeds, and what must hold for any input. {@code bench/fuzz} runs them under Jazzer, guided by
 * coverage; {@code ShortFuzzTest} runs each over its seeds and a fixed number of mutations, the same ones every time.
 */
package io.tierdrill.recorder.fuzz;
