package io.tierdrill.scenarios.evaluate;

import io.tierdrill.analysis.score.Group;
import io.tierdrill.analysis.score.Half;
import io.tierdrill.analysis.score.Truth;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.scenarios.Scenario;
import io.tierdrill.scenarios.evaluate.force.Forces;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One run of a matrix.
 *
 * @param name of the entry it comes from
 * @param severity of the plant, a word
 * @param plant what is planted; nothing in a healthy run
 * @param disguise the confounder's name
 * @param confounder what is there as well, in the control too, and is not the cause
 * @param load the rate as a share of what the base holds
 * @param truths the knobs whose release restores the capacity; the control, which is the same without the plant, proves
 *     it
 */
public record Cell(
        String name,
        Group group,
        Half half,
        Base base,
        String severity,
        Change plant,
        String disguise,
        Change confounder,
        double load,
        long seed,
        List<Truth> truths) {
    public Cell {
        truths = List.copyOf(truths);
    }

    /** Unique in a matrix. */
    public String id() {
        return String.join("/", name, severity, disguise, Long.toString(seed));
    }

    double perSecond() {
        return load * base.holdsPerSecond();
    }

    /** A plant needs a control; where nothing is planted, the run is one itself. */
    boolean needsControl() {
        return group != Group.HEALTHY;
    }

    /** The same control serves every plant with it. */
    String controlId() {
        return String.format(Locale.ROOT, "%s/%s/%d", base.name(), disguise, seed);
    }

    Change whole() {
        return confounder.and(plant);
    }

    /** What is sent at what, with the plant. */
    Scenario scenario(Matrix matrix) throws BadInputException {
        return base.with(whole(), perSecond(), seed, matrix.warmup(), matrix.duration());
    }

    /** The same without the plant, at the rate that the base holds. */
    Scenario controlScenario(Matrix matrix) throws BadInputException {
        return base.with(confounder, base.holdsPerSecond(), seed, matrix.warmup(), matrix.duration());
    }

    /** For how long it sends. */
    Duration sending(Matrix matrix) {
        return matrix.warmup().plus(Base.length(perSecond(), matrix.duration()));
    }

    Duration controlSending(Matrix matrix) {
        return matrix.warmup().plus(Base.length(base.holdsPerSecond(), matrix.duration()));
    }

    /** Why this machine or this user cannot run it; empty where they can. */
    Optional<String> impossible() {
        return Forces.impossible(whole().forces());
    }
}
