package io.tierdrill.profiler.stacks;

/**
 * How stacks were looked at. What a sample stands for is not known from that: the kernel looks at its timers of processor
 * time only at its ticks, so that a thread of short bursts is seen too seldom. A profile is therefore told in the
 * processor time that the kernel counted, and samples only divide it.
 */
public enum Sampling {
    /** {@code jdk.CPUTimeSample} of Java 25 and newer on Linux. */
    CPU_TIME("JDK Flight Recorder, a sample for every 5 ms of processor time of a thread, at the kernel's ticks"),

    /** {@code jdk.ExecutionSample} and {@code jdk.NativeMethodSample}. */
    RUNNING("JDK Flight Recorder, every 10 ms some of the threads that run (Java 25 samples by processor time)"),

    /** {@code perf record -e cpu-clock -F 99}. */
    PERF("perf, 99 samples for each second of processor time");

    private final String words;

    Sampling(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
