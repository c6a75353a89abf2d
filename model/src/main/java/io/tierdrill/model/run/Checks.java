package io.tierdrill.model.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether answers were what they should be. Requests without an answer are errors and not counted here; warm-up is.
 *
 * @param checked answers that something was expected of
 * @param unchecked answers that nothing was expected of: the trace does not tell and no rule is about them
 * @param mismatches answers that were not as expected, each counted once
 * @param share mismatches of those checked
 * @param limit the share that is allowed
 * @param passed whether the share is within the limit
 * @param kinds in what they differed: {@code status}, {@code length}, {@code header}, {@code body}, {@code baseline};
 *     an answer may differ in several
 * @param classes of requests with mismatches, those with the most first; at most 50
 */
public record Checks(
        long checked,
        long unchecked,
        long mismatches,
        double share,
        double limit,
        boolean passed,
        Map<String, Long> kinds,
        List<RequestClass> classes) {

    /**
     * Requests alike: one method, and one path but for numbers and identifiers.
     *
     * @param name such as <code>GET /cart/{n}</code>; {@code other} beyond the first 500
     * @param first mismatch
     */
    public record RequestClass(String name, long checked, long mismatches, Optional<Example> first) {}

    /**
     * A mismatch in full.
     *
     * @param request method and path; after {@code one like} where the sender does not keep them
     * @param body its first 2 KiB as text; empty where it was not read
     */
    public record Example(String request, String expected, String found, String body) {}
}
