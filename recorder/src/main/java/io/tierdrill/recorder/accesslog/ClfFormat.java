package io.tierdrill.recorder.accesslog;

import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Timing;
import io.tierdrill.recorder.line.FirstLines;
import io.tierdrill.recorder.line.LineReader;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;

/** The forms that Apache and nginx log in unless told otherwise. */
public enum ClfFormat implements Format {
    /** {@code host ident user [time] "request" status bytes}; further fields are ignored. */
    COMMON("Apache, nginx and many others: host ident user [time] \"request\" status bytes"),
    /** Common and {@code "referer" "user agent"}; further fields are ignored. */
    COMBINED("Apache and nginx: common, then \"referer\" \"user agent\""),
    /** {@code virtualhost:port} and combined. */
    VHOST_COMBINED("Apache on Debian: virtualhost:port, then combined");

    private static final Map<String, String> NOTES = Map.of(
            "arrival",
            "The time of a line is taken for the arrival. Apache logs when it received the request, nginx when it had"
                    + " answered; the line tells no duration that could be taken off.",
            "requestBodies",
            "Access logs do not tell of them; every request is without.");

    private final String description;

    ClfFormat(String description) {
        this.description = description;
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Likeness judge(Head head) {
        ClfLine line = new ClfLine(this, new Server("http", ""));
        return FirstLines.judge(head, line, line::wholeHeaders);
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) {
        return new Reading(word(), new LineReader(in), new ClfLine(this, server), Timing.seconds(), NOTES);
    }
}
