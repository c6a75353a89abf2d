package io.tierdrill.load.check;

import io.tierdrill.load.match.When;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Response;
import java.util.List;
import java.util.Optional;

/**
 * What is expected of each answer, as two numbers that ride along with the prepared request: {@link #code} and
 * {@link #length}. Hand both to {@link CheckTally#ended} with the answer's status and length. Any thread.
 *
 * <pre>
 *   code:  class (31 bits) | rule + 1 (16 bits) | 1 if the length counts | status, 0 for any (15 bits)
 * </pre>
 */
public final class Expectations {
    private static final int LENGTH_COUNTS = 1 << 15;

    private final CheckConfig config;
    private final RequestClasses classes = new RequestClasses();

    public Expectations(CheckConfig config) {
        this.config = config;
    }

    CheckConfig config() {
        return config;
    }

    RequestClasses classes() {
        return classes;
    }

    /** Class, rule and status, to be handed over with the answer. */
    public long code(RequestRecord request) {
        long code = (long) classes.of(request) << 32 | (long) (rule(request) + 1) << 16;
        if (request.response().isEmpty()) return code;
        if (config.status() != CheckConfig.Status.OFF)
            code |= status(request.response().get());
        return lengthCounts(request) ? code | LENGTH_COUNTS : code;
    }

    private static int status(Response response) {
        return response.status() >= 100 && response.status() <= 999 ? response.status() : 0;
    }

    /** The recorded length of the body; only meant together with {@link #code}. */
    public long length(RequestRecord request) {
        return request.response().flatMap(Response::bytes).orElse(0L);
    }

    private boolean lengthCounts(RequestRecord request) {
        if (!config.length() || request.method().equals("HEAD")) return false;
        return request.response().flatMap(Response::bytes).isPresent();
    }

    /** The first rule about the request; -1 + 1 in the code is none. */
    private int rule(RequestRecord request) {
        List<CheckRule> rules = config.rules();
        for (int i = 0; i < rules.size(); i++) {
            When when = rules.get(i).when();
            if (when.matches(request)) return i;
        }
        return -1;
    }

    static int classOf(long code) {
        return (int) (code >>> 32);
    }

    Optional<CheckRule> ruleOf(long code) {
        int rule = (int) (code >>> 16) & 0xffff;
        return rule == 0 ? Optional.empty() : Optional.of(config.rules().get(rule - 1));
    }

    static int statusOf(long code) {
        return (int) code & LENGTH_COUNTS - 1;
    }

    static boolean lengthCounts(long code) {
        return (code & LENGTH_COUNTS) != 0;
    }

    /** Whether anything at all is expected, short of bodies of an earlier run. */
    static boolean expectsSomething(long code) {
        return (code & 0xffff_ffffL) != 0;
    }

    /** What of status and length is wrong, as a set of {@link Kind} bits; makes nothing. */
    int wrong(long code, long length, int status, long bytes) {
        int rule = (int) (code >>> 16) & 0xffff;
        int wrong = 0;
        boolean byRule = false;
        if (rule != 0) {
            CheckRule r = config.rules().get(rule - 1);
            byRule = !r.status().isEmpty();
            if (byRule && !r.allows(status)) wrong |= Kind.STATUS.bit();
            if (!r.allowsBytes(bytes)) wrong |= Kind.LENGTH.bit();
        }
        int recorded = statusOf(code);
        if (!byRule && recorded != 0 && !same(recorded, status)) wrong |= Kind.STATUS.bit();
        if (lengthCounts(code) && Math.abs(bytes - length) > config.lengthTolerance() * length)
            wrong |= Kind.LENGTH.bit();
        return wrong;
    }

    private boolean same(int recorded, int found) {
        return config.status() == CheckConfig.Status.CLASS ? recorded / 100 == found / 100 : recorded == found;
    }

    /** What was expected of what is wrong, in words. */
    String expected(long code, long length, int wrong) {
        StringBuilder words = new StringBuilder();
        Optional<CheckRule> rule = ruleOf(code);
        if ((wrong & Kind.STATUS.bit()) != 0) {
            boolean byRule = rule.filter(r -> !r.status().isEmpty()).isPresent();
            String recorded = config.status() == CheckConfig.Status.CLASS
                    ? statusOf(code) / 100 + "xx as recorded"
                    : statusOf(code) + " as recorded";
            add(words, "status " + (byRule ? String.join(" or ", rule.get().status()) : recorded));
        }
        if ((wrong & Kind.LENGTH.bit()) != 0) {
            rule.flatMap(CheckRule::minBytes).ifPresent(n -> add(words, "at least " + n + " bytes"));
            rule.flatMap(CheckRule::maxBytes).ifPresent(n -> add(words, "at most " + n + " bytes"));
            if (lengthCounts(code)) add(words, length + " bytes as recorded");
        }
        return words.toString();
    }

    private static void add(StringBuilder words, String more) {
        if (words.length() > 0) words.append(", ");
        words.append(more);
    }
}
