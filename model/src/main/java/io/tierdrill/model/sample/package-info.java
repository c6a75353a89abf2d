/**
 * What is observed while a run goes on: {@link io.tierdrill.model.sample.RequestSample} by the injector,
 * {@link io.tierdrill.model.sample.Sample} by the profiler, {@link io.tierdrill.model.sample.RunEvent} by whoever sees
 * something happen. Frozen records between stages; their files are in {@code io.tierdrill.model.run}.
 */
package io.tierdrill.model.sample;
