/**
 * Watches every process of a run, ours or not, and the machine under them. {@link io.tierdrill.profiler.Profiler} is the
 * door; {@code proc} asks the operating system, {@code scrape} asks the tiers themselves. It stands beside the way of
 * the request and only ever writes {@link io.tierdrill.model.sample.Sample}s. Only when asked, {@code recording} samples
 * the stacks of those processes, {@code stacks} counts them and {@code flame} draws them.
 */
package io.tierdrill.profiler;
