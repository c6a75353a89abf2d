package io.tierdrill.recorder.haproxy;

import io.tierdrill.recorder.input.Format;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Likeness;
import io.tierdrill.recorder.input.Reading;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Timing;
import io.tierdrill.recorder.line.FirstLines;
import io.tierdrill.recorder.line.LineReader;
import java.io.InputStream;
import java.util.Map;

/** HAProxy's HTTP log. */
public final class HaproxyFormat implements Format {
    private static final long MILLISECOND = 1_000_000;

    @Override
    public String word() {
        return "haproxy";
    }

    @Override
    public String description() {
        return "HAProxy's option httplog: client:port [time] frontend backend/server timers status bytes ... \"request\"";
    }

    @Override
    public Likeness judge(Head head) {
        return FirstLines.judge(head, new HaproxyLine(new Server("http", "")));
    }

    @Override
    public Reading open(Head head, InputStream in, Server server) {
        return new Reading(
                word(),
                new LineReader(in),
                new HaproxyLine(server),
                Timing.stamped(MILLISECOND),
                Map.of(
                        "arrival",
                        "haproxy: the time logged is that of the first byte of the request (before version 1.7, of the"
                                + " connection), on the clock of the proxy's zone, which the log does not name; it was"
                                + " read as UTC."));
    }
}
