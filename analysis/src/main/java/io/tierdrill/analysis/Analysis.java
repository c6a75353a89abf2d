package io.tierdrill.analysis;

import io.tierdrill.analysis.finding.Bottleneck;
import io.tierdrill.analysis.finding.CapacityFound;
import io.tierdrill.analysis.finding.Limit;
import io.tierdrill.analysis.finding.Profiles;
import io.tierdrill.analysis.finding.Proof;
import io.tierdrill.analysis.finding.Since;
import io.tierdrill.analysis.finding.SloLine;
import io.tierdrill.analysis.finding.Status;
import io.tierdrill.analysis.finding.Validity;
import io.tierdrill.analysis.observed.RunData;
import io.tierdrill.analysis.rule.Attribution;
import io.tierdrill.analysis.rule.DemandRule;
import io.tierdrill.analysis.rule.Facts;
import io.tierdrill.analysis.rule.NextLimitRule;
import io.tierdrill.analysis.rule.SaturationRule;
import io.tierdrill.analysis.rule.SloRule;
import io.tierdrill.analysis.rule.ValidityRule;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.RunFiles;
import io.tierdrill.model.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Reads a run folder and says what it means. Stateless; safe from any thread. */
public final class Analysis {
    private Analysis() {}

    /**
     * The verdict of a run, with the experiment, the search, the comparison and the flame graphs whose files lie in its folder. Pure:
     * nothing is written, and the same folder gives the same verdict.
     *
     * @throws IOException where a file of the folder cannot be read
     * @throws BadInputException where the folder does not hold a run, or a file of it is not what it should be
     */
    public static Verdict of(RunFolder folder) throws IOException, BadInputException {
        Verdict verdict = of(RunReader.read(folder));
        if (Files.exists(folder.proof())) verdict = verdict.proved(RunFiles.read(folder.proof(), Proof.class));
        if (Files.exists(folder.capacity()))
            verdict = verdict.searched(RunFiles.read(folder.capacity(), CapacityFound.class));
        if (Files.exists(folder.since())) verdict = verdict.since(RunFiles.read(folder.since(), Since.class));
        if (Files.exists(folder.profileList()))
            verdict = verdict.profiled(RunFiles.read(folder.profileList(), Profiles.class));
        return verdict;
    }

    /** The verdict of a run in memory: the questions, one after the other. */
    static Verdict of(RunData run) {
        Facts facts = Facts.of(run);
        Validity validity = ValidityRule.ask(facts);
        List<SloLine> slo = SloRule.ask(facts);
        List<String> saturation = validity.trusted() ? SaturationRule.ask(facts, slo) : List.of();
        Optional<Bottleneck> bottleneck = saturation.isEmpty() ? Optional.empty() : Attribution.ask(facts);
        Optional<Limit> next = validity.trusted() ? NextLimitRule.ask(facts, bottleneck) : Optional.empty();
        Status status = status(validity, slo);
        return new Verdict(
                status,
                Headline.of(status, facts, validity, slo, saturation.isEmpty() ? next : Optional.empty()),
                run.name(),
                !saturation.isEmpty(),
                saturation,
                bottleneck,
                next,
                slo,
                facts.capacity(),
                Rows.latency(facts),
                validity,
                Rows.injectorCpuShare(run),
                facts.stages(),
                Rows.tiers(facts),
                DemandRule.ask(facts),
                Rows.resources(facts),
                run.topology().mode().word(),
                run.seed(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Rows.environment(facts));
    }

    private static Status status(Validity validity, List<SloLine> slo) {
        if (!validity.trusted()) return Status.INVALID;
        if (has(slo, SloLine.Outcome.BROKEN)) return Status.NO_GO;
        return has(slo, SloLine.Outcome.UNKNOWN) ? Status.INCONCLUSIVE : Status.GO;
    }

    private static boolean has(List<SloLine> slo, SloLine.Outcome outcome) {
        return slo.stream().anyMatch(line -> line.outcome() == outcome);
    }
}
