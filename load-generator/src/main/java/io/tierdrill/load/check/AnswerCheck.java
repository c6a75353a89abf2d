package io.tierdrill.load.check;

import io.tierdrill.load.match.Answer;
import io.tierdrill.load.match.SafePattern;
import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.Checks;
import io.tierdrill.model.trace.RequestRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks whole answers: status and length, and what needs their heads and bodies. Belongs to the sender's thread. */
public final class AnswerCheck {
    private static final int SHOWN_BODY = 2 << 10;

    private final CheckConfig config;
    private final Expectations expectations;
    private final CheckTally tally;
    private final Noise noise;
    private final Map<CheckRule, SafePattern> patterns = new IdentityHashMap<>();
    private final Optional<Map<String, KeptAnswer>> baseline;
    private final Optional<KeptAnswers> kept;
    private final boolean readsBodies;
    private long varying;

    /** Reads the baseline, where there is one. */
    public AnswerCheck(Expectations expectations, CheckTally tally) throws IOException, BadInputException {
        this.config = expectations.config();
        this.expectations = expectations;
        this.tally = tally;
        noise = new Noise(config.ignore());
        for (CheckRule rule : config.rules())
            rule.bodyMatches().ifPresent(regex -> patterns.put(rule, SafePattern.of(regex)));
        baseline = config.baseline().isPresent()
                ? Optional.of(AnswerFile.read(config.baseline().get()))
                : Optional.empty();
        kept = config.keep().map(file -> new KeptAnswers(config.keepBytes()));
        readsBodies = baseline.isPresent() || kept.isPresent();
    }

    /** Whether the body of this request's answer is to be gathered. */
    public boolean wantsBody(long code) {
        return readsBodies
                || expectations.ruleOf(code).filter(CheckRule::readsBody).isPresent();
    }

    /** Whether its headers are. */
    public boolean wantsHeaders(long code) {
        return wantsBody(code)
                || expectations.ruleOf(code).filter(CheckRule::needsBodies).isPresent();
    }

    /**
     * An answer has come whole.
     *
     * @param request as it was prepared, the same in every run
     * @param sent the same as it was sent, with values of this run
     * @param bytes of the body as they came, compressed or not
     * @param read whether the answer has its body
     */
    public void ended(
            RequestRecord request,
            RequestRecord sent,
            long code,
            long length,
            long bytes,
            Answer answer,
            boolean read) {
        int wrong = expectations.wrong(code, length, answer.status(), bytes);
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        if (wrong != 0) expected.add(expectations.expected(code, length, wrong));
        found.add(CheckTally.found(answer.status(), bytes));
        Optional<CheckRule> rule = expectations.ruleOf(code);
        if (rule.isPresent()) wrong |= byRule(rule.get(), answer, read, expected, found);
        boolean compared = false;
        if (readsBodies && read) {
            String key = KeptAnswer.key(request);
            String digest = KeptAnswer.digest(noise.without(answer.body()));
            kept.ifPresent(k -> k.keep(key, answer.status(), digest, answer.body()));
            Optional<KeptAnswer> before = baseline.map(b -> b.get(key));
            compared = before.isPresent() && !before.get().varies();
            if (before.isPresent() && before.get().varies()) varying++;
            if (compared && differs(before.get(), answer, digest, expected, found)) wrong |= Kind.BASELINE.bit();
        }
        boolean first = tally.count(code, wrong, compared || Expectations.expectsSomething(code));
        if (first && wrong != 0)
            tally.example(
                    code,
                    new Checks.Example(
                            RequestClasses.line(sent),
                            String.join(", ", expected),
                            String.join(", ", found),
                            shown(answer)));
    }

    private int byRule(CheckRule rule, Answer answer, boolean read, List<String> expected, List<String> found) {
        int wrong = 0;
        for (Map.Entry<String, String> header : rule.headers().entrySet()) {
            Optional<String> value = answer.header(header.getKey());
            if (value.filter(v -> v.startsWith(header.getValue())).isPresent()) continue;
            wrong |= Kind.HEADER.bit();
            expected.add(header.getKey() + ": " + header.getValue());
            found.add(value.map(v -> header.getKey() + ": " + v).orElse("no " + header.getKey()));
        }
        if (!rule.readsBody()) return wrong;
        boolean contains =
                read && rule.bodyContains().map(answer.text()::contains).orElse(true);
        boolean matches = read
                && (patterns.get(rule) == null
                        || patterns.get(rule).find(answer.text()).isPresent());
        if (contains && matches) return wrong;
        if (!contains) rule.bodyContains().ifPresent(text -> expected.add("\"" + text + "\" in the body"));
        if (!matches) rule.bodyMatches().ifPresent(regex -> expected.add("a body with " + regex));
        found.add(read ? "it is not there" : "a body that could not be read");
        return wrong | Kind.BODY.bit();
    }

    private boolean differs(
            KeptAnswer before, Answer answer, String digest, List<String> expected, List<String> found) {
        if (before.status() != answer.status()) {
            expected.add("status " + before.status() + " as in the baseline");
            return true;
        }
        if (before.sha256().equals(digest)) return false;
        if (before.body().isEmpty()) {
            expected.add("a body with SHA-256 " + before.sha256() + " as in the baseline");
            found.add(digest);
            return true;
        }
        // The baseline may have been made with other noise.
        byte[] old = before.body().get();
        if (KeptAnswer.digest(noise.without(old)).equals(digest)) return false;
        Difference difference = difference(old, answer.body());
        expected.add(difference.expected() + " as in the baseline");
        found.add(difference.found());
        return true;
    }

    private Difference difference(byte[] old, byte[] now) {
        var one = noise.isNothing() ? new Answer(0, List.of(), old).json() : noise.json(old);
        var other = noise.isNothing() ? new Answer(0, List.of(), now).json() : noise.json(now);
        if (one.isPresent() && other.isPresent()) {
            Optional<Difference> difference = Difference.ofJson(one.get(), other.get(), "");
            if (difference.isPresent()) return difference.get();
        }
        return Difference.ofText(noise.text(old), noise.text(now));
    }

    private static String shown(Answer answer) {
        String text = answer.text();
        return text.length() > SHOWN_BODY ? text.substring(0, SHOWN_BODY) : text;
    }

    /** Keeps the answers for a later run, where that is asked for. */
    public void finish() throws IOException {
        if (kept.isPresent()) kept.get().write(config.keep().orElseThrow());
    }

    /** What should be known of this run's checks, in words. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (varying > 0)
            warnings.add(varying + " answers were not compared: the baseline has several for the same request");
        kept.filter(k -> k.leftOut() > 0)
                .ifPresent(k ->
                        warnings.add(k.leftOut() + " answers were not kept: the file is full (load.check.keepBytes)"));
        return warnings;
    }
}
