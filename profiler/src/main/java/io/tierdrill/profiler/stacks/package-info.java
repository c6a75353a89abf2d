/**
 * Where the time of a process went, as counted stacks. {@link io.tierdrill.profiler.stacks.FoldedStacks} is the heart: a
 * count for each stack, as text one line each. {@link io.tierdrill.profiler.stacks.JfrStacks} folds what the Flight
 * Recorder wrote, {@link io.tierdrill.profiler.stacks.PerfScript} what {@code perf script} prints; {@link
 * io.tierdrill.profiler.stacks.Difference} sets two profiles side by side. Files and text in, numbers out: no process is
 * asked anything here.
 */
package io.tierdrill.profiler.stacks;
