package io.tierdrill.profiler.stacks;

import java.util.Optional;

/**
 * The stacks of a process, or of all processes of a tier, over the measured time of one run.
 *
 * @param load what it was under, for people: {@code baseline, 120 req/s}
 * @param answers that the whole stack gave meanwhile; 0 where nobody counted
 * @param cpuSeconds that the kernel counted meanwhile, of all its threads; empty where nobody asked
 * @param lost samples that the sampler says it could not keep
 */
public record Profile(
        String load, FoldedStacks stacks, Sampling sampling, long answers, Optional<Double> cpuSeconds, long lost) {
    public Profile {
        if (answers < 0) throw new IllegalArgumentException("answers must be 0 or more, was " + answers);
        if (lost < 0) throw new IllegalArgumentException("lost must be 0 or more, was " + lost);
        cpuSeconds.ifPresent(s -> {
            if (!(s >= 0)) throw new IllegalArgumentException("cpuSeconds must be 0 or more, was " + s);
        });
    }

    public long samples() {
        return stacks.total();
    }

    /** Of another process under the same load, in the same run. */
    public Profile plus(Profile other) {
        if (sampling != other.sampling)
            throw new IllegalArgumentException("sampling must be " + sampling + " in both, was " + other.sampling);
        Optional<Double> both = cpuSeconds.flatMap(mine -> other.cpuSeconds.map(theirs -> mine + theirs));
        return new Profile(load, stacks.plus(other.stacks), sampling, answers, both, lost + other.lost);
    }
}
