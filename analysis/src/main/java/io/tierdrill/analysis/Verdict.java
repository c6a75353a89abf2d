package io.tierdrill.analysis;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Capacity;
import io.tierdrill.analysis.finding.CapacityFound;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.finding.Demand;
import io.tierdrill.analysis.finding.LatencyFigures;
import io.tierdrill.analysis.finding.Limit;
import io.tierdrill.analysis.finding.Proof;
import io.tierdrill.analysis.finding.ResourceRow;
import io.tierdrill.analysis.finding.Since;
import io.tierdrill.analysis.finding.SloLine;
import io.tierdrill.analysis.finding.StageTable;
import io.tierdrill.analysis.finding.Status;
import io.tierdrill.analysis.finding.TierRow;
import io.tierdrill.analysis.finding.Validity;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a run means; {@code verdict.json} is this record. Names carry units; an absent part is {@code null} in the file.
 *
 * @param status the decision
 * @param headline the decision in one line, without its status word
 * @param scenario the name of what was rehearsed
 * @param saturated whether the stack was at a limit
 * @param saturation why it counts as saturated, in words; empty when it is not
 * @param bottleneck what breaks first; empty when nothing does, or when the run cannot tell
 * @param next the limit that comes after it; when nothing is saturated, the nearest one
 * @param slo each promise with what was found
 * @param capacity what rates were offered and held
 * @param latency from the due time
 * @param validity whether the figures can be trusted
 * @param injectorCpuShare part of its processors the injector used; from 0.7 on it is near a limit of its own
 * @param stages where the time of a median and of a slow request went
 * @param tiers one row a tier, outermost first
 * @param demands what a request costs each tier, outermost first
 * @param resources one row a limit and instance
 * @param mode how the tiers' bytes were moved
 * @param seed of the run
 * @param proof the experiment that tried the bottleneck, where one was made
 * @param capacitySearch what a search over many runs found, where one was made
 * @param since what has changed since an earlier run, where there is one to compare with
 * @param environment what is known of the machine and the build
 */
public record Verdict(
        Status status,
        String headline,
        String scenario,
        boolean saturated,
        List<String> saturation,
        Optional<Bottleneck> bottleneck,
        Optional<Limit> next,
        List<SloLine> slo,
        Capacity capacity,
        LatencyFigures latency,
        Validity validity,
        Optional<Double> injectorCpuShare,
        StageTable stages,
        List<TierRow> tiers,
        List<Demand> demands,
        List<ResourceRow> resources,
        String mode,
        long seed,
        Optional<Proof> proof,
        Optional<CapacityFound> capacitySearch,
        Optional<Since> since,
        SortedMap<String, String> environment) {

    public Verdict {
        saturation = List.copyOf(saturation);
        slo = List.copyOf(slo);
        tiers = List.copyOf(tiers);
        demands = demands == null ? List.of() : List.copyOf(demands);
        resources = List.copyOf(resources);
    }

    /**
     * The same with an experiment behind it. Where it confirmed the suspect, the bottleneck is <i>confirmed by
     * experiment</i>; nothing else makes it so.
     */
    public Verdict proved(Proof experiment) {
        Optional<Bottleneck> tried =
                experiment.confirmed() ? bottleneck.map(b -> b.with(Confidence.CONFIRMED)) : bottleneck;
        return with(headline, tried, Optional.of(experiment), capacitySearch, since);
    }

    /** The same with the capacity that a search found; the headline is that of the search. */
    public Verdict searched(CapacityFound found) {
        return with(Headline.of(found), bottleneck, proof, Optional.of(found), since);
    }

    /** The same beside an earlier run. */
    public Verdict since(Since earlier) {
        return with(headline, bottleneck, proof, capacitySearch, Optional.of(earlier));
    }

    private Verdict with(
            String line,
            Optional<Bottleneck> first,
            Optional<Proof> experiment,
            Optional<CapacityFound> search,
            Optional<Since> earlier) {
        return new Verdict(
                status,
                line,
                scenario,
                saturated,
                saturation,
                first,
                next,
                slo,
                capacity,
                latency,
                validity,
                injectorCpuShare,
                stages,
                tiers,
                demands,
                resources,
                mode,
                seed,
                experiment,
                search,
                earlier,
                environment);
    }

    /** The exit status of the command: 0 GO, 1 NO-GO, 3 INVALID, 4 INCONCLUSIVE. */
    public int exitStatus() {
        return status.exitStatus();
    }

    /** The first screen, line by line, as every report shows it. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public List<String> firstScreen() {
        return FirstScreen.text(this).lines().toList();
    }
}
