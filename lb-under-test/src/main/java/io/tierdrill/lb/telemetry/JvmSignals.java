package io.tierdrill.lb.telemetry;

import io.tierdrill.model.sample.Signal;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;

/**
 * What the JVM tells of its collector. Loaded when somebody first asks, since the management classes are a good part of
 * a small process's start.
 */
final class JvmSignals {
    private final List<GarbageCollectorMXBean> stopping = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(bean -> stops(bean.getName()))
            .toList();
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

    /** Some collectors count the time they work beside the program too, under a name of its own. */
    static boolean stops(String collector) {
        return !collector.endsWith("Cycles") && !collector.contains("Concurrent");
    }

    private static JvmSignals now() {
        return Loaded.SIGNALS;
    }

    static void tell(TierTelemetry telemetry) {
        telemetry.signal(Signal.COLLECTOR_SECONDS, () -> now().seconds());
        telemetry.signal(Signal.COLLECTIONS, () -> now().collections());
        telemetry.signal(
                Signal.HEAP_USED, () -> now().memory.getHeapMemoryUsage().getUsed());
        telemetry.signal(
                Signal.HEAP_LIMIT,
                () -> Math.max(0, now().memory.getHeapMemoryUsage().getMax()));
    }

    private double seconds() {
        return stopping.stream()
                        .mapToLong(bean -> Math.max(0, bean.getCollectionTime()))
                        .sum()
                / 1e3;
    }

    private double collections() {
        return stopping.stream()
                .mapToLong(bean -> Math.max(0, bean.getCollectionCount()))
                .sum();
    }

    /** Beans belong to the JVM, not to an instance: one reading of them is everybody's. */
    private static final class Loaded {
        static final JvmSignals SIGNALS = new JvmSignals();
    }
}
