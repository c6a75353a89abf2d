package io.tierdrill.analysis.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the figures can be trusted.
 *
 * @param status {@code VALID} or {@code INVALID}
 * @param reasons why it is invalid, in words; empty when valid
 * @param culprit who spoiled the measurement, never a tier: {@code injector}, {@code profiler},
 *     {@code machine} or {@code run}
 * @param remarks doubts that do not spoil the run: a tier without telemetry, stages that contradict each other
 */
public record Validity(String status, List<String> reasons, Optional<String> culprit, List<String> remarks) {
    public static final String VALID = "VALID";
    public static final String INVALID = "INVALID";

    public Validity {
        reasons = List.copyOf(reasons);
        remarks = List.copyOf(remarks);
    }

    /** Whether the run may speak of the stack. */
    public boolean trusted() {
        return status.equals(VALID);
    }

    /** The same with one more doubt, the first to be told. */
    public Validity with(String remark) {
        List<String> more = new ArrayList<>(List.of(remark));
        more.addAll(remarks);
        return new Validity(status, reasons, culprit, more);
    }
}
