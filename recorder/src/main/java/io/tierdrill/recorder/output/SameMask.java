package io.tierdrill.recorder.output;

import io.tierdrill.model.config.Problem;
import io.tierdrill.recorder.redact.Redaction;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Whether a trace may be gone on with, by what its notes and ours say of the redaction. Stateless. */
final class SameMask {
    private static final String ELSEWHERE = "or write to another file.";

    private SameMask() {}

    static Optional<Problem> check(Path trace, Map<String, String> before, Map<String, String> now) {
        String key = before.get(Redaction.KEY_NOTE);
        String ours = now.get(Redaction.KEY_NOTE);
        if (key == null && ours == null || key != null && key.equals(ours)) return Optional.empty();
        if (key == null)
            return problem(
                    trace,
                    "cannot be gone on with: it was written without masking, and this recording masks",
                    "Give --no-redaction, " + ELSEWHERE);
        if (ours == null)
            return problem(
                    trace,
                    "cannot be gone on with: it was masked, and this recording masks nothing",
                    "Leave out --no-redaction and give --redaction-key the file of its key, " + ELSEWHERE);
        return problem(
                trace,
                "cannot be gone on with: it was masked under the key with id " + key + ", and this recording's has id "
                        + ours,
                "Give --redaction-key the file of its key, " + ELSEWHERE
                        + " Without --redaction-key every recording has a key of its own.");
    }

    private static Optional<Problem> problem(Path trace, String found, String help) {
        return Optional.of(new Problem(trace.toString(), "", found, help));
    }
}
