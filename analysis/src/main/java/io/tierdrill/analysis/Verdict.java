package io.tierdrill.analysis;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.Capacity;
import io.tierdrill.analysis.finding.CapacityFound;
import io.tierdrill.analysis.finding.Confidence;
import io.tierdrill.analysis.finding.Demand;
import io.tierdrill.analysis.finding.LatencyFigures;
import io.tierdrill.analysis.finding.Limit;
import io.tierdrill.analysis.finding.ProfileLink;
import io.tierdrill.analysis.finding.Profiles;
import io.tierdrill.analysis.finding.Proof;
import io.tierdrill.analysis.finding.ResourceRow;
import io.tierdrill.analysis.finding.Since;
import io.tierdrill.analysis.finding.SloLine;
import io.tierdrill.analysis.finding.StageTable;
import io.tierdrill.analysis.finding.Status;
import io.tierdrill.analysis.finding.TierRow;
import io.tierdrill.analysis.finding.Validity;
import java.util.ArrayList;
import java.util.Comparator;
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
 * @param profiles flame graphs, those of the suspected tier first
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
        List<ProfileLink> profiles,
        SortedMap<String, String> environment) {

    public Verdict {
        saturation = List.copyOf(saturation);
        slo = List.copyOf(slo);
        tiers = List.copyOf(tiers);
        demands = demands == null ? List.of() : List.copyOf(demands);
        resources = List.copyOf(resources);
        profiles = profiles == null ? List.of() : List.copyOf(profiles);
    }

    /**
     * The same with an experiment behind it. Where it confirmed the suspect, the bottleneck is <i>confirmed by
     * experiment</i>; nothing else makes it so.
     */
    public Verdict proved(Proof experiment) {
        Optional<Bottleneck> tried =
                experiment.confirmed() ? bottleneck.map(b -> b.with(Confidence.CONFIRMED)) : bottleneck;
        return with(headline, tried, validity, Optional.of(experiment), capacitySearch, since, profiles);
    }

    /** The same with the capacity that a search found; the headline is that of the search. */
    public Verdict searched(CapacityFound found) {
        return with(Headline.of(found), bottleneck, validity, proof, Optional.of(found), since, profiles);
    }

    /** The same beside an earlier run. */
    public Verdict since(Since earlier) {
        return with(headline, bottleneck, validity, proof, capacitySearch, Optional.of(earlier), profiles);
    }

    /** The same with flame graphs; one of several processes says more than one of them, and stands before it. */
    public Verdict profiled(Profiles taken) {
        List<ProfileLink> sorted = new ArrayList<>(taken.links());
        sorted.sort(Comparator.comparingInt(this::distance));
        Validity doubted = taken.during() ? validity.with(Profiles.COST) : validity;
        return with(headline, bottleneck, doubted, proof, capacitySearch, since, sorted);
    }

    /**
     * From what is suspected: the instance, its tier, the rest; where nothing is, from the tier of the nearest limit. What
     * there is none of comes behind its likes.
     */
    private int distance(ProfileLink link) {
        int missing = link.page().isPresent() ? 0 : 1;
        if (bottleneck.flatMap(Bottleneck::instance).filter(link.of()::equals).isPresent()) return missing;
        Optional<String> tier = bottleneck.map(Bottleneck::tier).or(() -> next.map(Limit::tier));
        return (tier.filter(link::isOf).isPresent() ? 2 : 4) + missing;
    }

    private Verdict with(
            String line,
            Optional<Bottleneck> first,
            Validity trust,
            Optional<Proof> experiment,
            Optional<CapacityFound> search,
            Optional<Since> earlier,
            List<ProfileLink> flames) {
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
                trust,
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
                flames,
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
