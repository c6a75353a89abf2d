package io.tierdrill.analysis.observed;

import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.sample.ResourceSample;

/** One declared limit of one instance. */
final class Resource {
    private static final double FULL = 0.95;

    final ResourceKind kind;
    final String name;
    final String setting;
    final Gauge used = new Gauge();
    final Gauge waiters = new Gauge();
    final Gauge full = new Gauge();
    final Counter drops = new Counter();
    private double capacity;

    Resource(ResourceSample first) {
        kind = first.kind();
        name = first.resource();
        setting = first.setting();
        capacity = first.capacity();
    }

    void see(ResourceSample sample) {
        if (sample.atNanos() < 0) {
            drops.see(sample.atNanos(), sample.drops());
            return;
        }
        capacity = sample.capacity();
        used.see(sample.atNanos(), sample.used());
        waiters.see(sample.atNanos(), sample.waiters());
        full.see(sample.atNanos(), sample.used() / capacity >= FULL && sample.waiters() > 0 ? 1 : 0);
        drops.see(sample.atNanos(), sample.drops());
    }

    double capacity() {
        return capacity;
    }
}
