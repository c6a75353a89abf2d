package io.tierdrill.recorder.template;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problem;
import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Timing;
import io.tierdrill.recorder.line.FirstLines;
import io.tierdrill.recorder.line.LineReader;
import io.tierdrill.recorder.line.LogField;
import io.tierdrill.recorder.line.LoggedRequest.Logged;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** A log whose form a format string tells. */
public final class TemplateFormat implements Format {
    private static final long SECOND = 1_000_000_000;

    private final String word;
    private final String description;
    private final Template template;

    private TemplateFormat(String word, String description, Template template) {
        this.word = word;
        this.description = description;
        this.template = template;
    }

    /** What Envoy logs unless told otherwise. */
    public static TemplateFormat envoy() {
        return new TemplateFormat(
                "envoy",
                "Envoy's default text format: [2016-04-15T20:17:00.310Z] \"POST /api HTTP/2\" 204 - 154 0 226 100 ...",
                EnvoyDialect.read(EnvoyDialect.DEFAULT));
    }

    /** What Envoy logs in an Istio mesh. */
    public static TemplateFormat istio() {
        return new TemplateFormat(
                "istio",
                "Envoy in an Istio mesh: as envoy, with response code details and addresses",
                EnvoyDialect.read(EnvoyDialect.ISTIO));
    }

    /**
     * The form that a format string of nginx, Apache or Envoy describes.
     *
     * @param format the string, or the whole directive from a configuration
     * @throws BadInputException when it names no time or no request, or one cannot tell where a field ends
     */
    public static TemplateFormat of(String format) throws BadInputException {
        String engine;
        Optional<Template> template;
        if (EnvoyDialect.speaks(format)) {
            engine = "envoy";
            template = Optional.of(EnvoyDialect.read(format));
        } else if (NginxDialect.speaks(format)) {
            engine = "nginx";
            template = Optional.of(NginxDialect.read(format));
        } else {
            engine = "apache";
            template = ApacheDialect.speaks(format) ? ApacheDialect.read(format) : Optional.empty();
            if (template.isEmpty()) throw problem(what(format), HELP);
        }
        check(template.get());
        return new TemplateFormat("log-format (" + engine + ")", "as given with --log-format", template.get());
    }

    private static final String HELP = "Give the string of nginx's log_format ($remote_addr ...), Apache's LogFormat"
            + " (%h ...) or Envoy's (%START_TIME% ...).";

    private static String what(String format) {
        return ApacheDialect.speaks(format)
                ? "has a time that is not read; of Apache's times %t, %{sec}t, %{msec}t and %{usec}t are"
                : "names no field";
    }

    private static void check(Template template) throws BadInputException {
        Piece endless = template.endless();
        if (endless != null)
            throw problem(
                    "one cannot tell where " + endless.written() + " ends",
                    "The next field follows it without anything between.");
        Piece nameless = template.nameless();
        if (nameless != null)
            throw problem(
                    nameless.printable() + " is not the name of a header or a cookie",
                    "Letters, digits and !#$%&'*+-.^_`|~ are allowed in one.");
        if (!template.tells(LogField::isTime))
            throw problem("names no time", "A trace needs to know when. nginx: $time_local or $msec; Apache: %t.");
        boolean request = template.tells(f -> f == LogField.REQUEST || f == LogField.URI || f == LogField.PATH);
        if (!request)
            throw problem(
                    "names no request", "nginx: $request or $request_uri; Apache: %r or %U; Envoy: %REQ(:PATH)%.");
    }

    private static BadInputException problem(String what, String help) {
        return new BadInputException(new Problem("--log-format", "", what, help));
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Likeness judge(Head head) {
        return FirstLines.judge(head, new TemplateLine(template, new Server("http", "")));
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) {
        return new Reading(
                word, new LineReader(in), new TemplateLine(template, server), timing(head), Map.of("arrival", rule()));
    }

    /** By the finest of the first lines. */
    private Timing timing(Head head) {
        TemplateLine line = new TemplateLine(template, new Server("http", ""));
        long[] finest = {SECOND};
        FirstLines.judge(head, line, () -> {
            finest[0] = Math.min(finest[0], line.resolution());
            return true;
        });
        return Timing.stamped(finest[0]);
    }

    private String rule() {
        boolean duration = template.tells(LogField::isDuration);
        if (template.logged() == Logged.ARRIVAL) return word + ": the time logged is that of the arrival.";
        return duration
                ? word + ": the time logged is that of the end; the duration was taken off it."
                : word + ": the time logged is that of the end, and taken for the arrival, as no duration is logged.";
    }
}
