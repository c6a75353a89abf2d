package io.tierdrill.scenarios;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFolder;
import io.tierdrill.model.run.SampleReader;
import io.tierdrill.model.sample.ProcessSample;
import io.tierdrill.model.sample.Sample;
import io.tierdrill.model.tier.InstanceId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each process of a run used of the processors, as the kernel counted it. */
final class CpuUse {
    private CpuUse() {}

    /**
     * Seconds over the first {@code length} of the measured time. One that was sampled less than twice in it, or was
     * restarted, is left out.
     */
    static Map<InstanceId, Double> read(RunFolder run, Duration length) throws IOException, BadInputException {
        Map<InstanceId, List<ProcessSample>> seen = new HashMap<>();
        for (Sample sample : SampleReader.read(run.samples()))
            if (sample instanceof ProcessSample p && p.atNanos() >= 0 && p.atNanos() <= length.toNanos())
                seen.computeIfAbsent(p.instance(), id -> new ArrayList<>()).add(p);
        Map<InstanceId, Double> seconds = new HashMap<>();
        seen.forEach((id, samples) -> {
            double used = used(samples, length);
            if (used > 0) seconds.put(id, used);
        });
        return seconds;
    }

    /** Between the first and the last sample, stretched to the whole time. */
    private static double used(List<ProcessSample> samples, Duration length) {
        ProcessSample first = samples.get(0);
        ProcessSample last = samples.get(samples.size() - 1);
        long between = last.atNanos() - first.atNanos();
        return between > 0 ? (last.cpuSeconds() - first.cpuSeconds()) * length.toNanos() / between : 0;
    }
}
