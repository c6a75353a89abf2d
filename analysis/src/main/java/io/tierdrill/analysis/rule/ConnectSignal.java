package io.tierdrill.analysis.rule;

import io.tierdrill.analysis.observed.Requests;
import io.tierdrill.analysis.text.Figures;
import io.tierdrill.model.sample.Outcome;
import java.util.Optional;

/**
 * Requests whose connection came late or not at all: a lost request for one is sent again after 1, 3 and 7 seconds, so
 * that waits of that length tell of connections that were dropped on the way in.
 */
final class ConnectSignal {
    private static final long RETRANSMITTED_NANOS = 900_000_000L;
    private static final double SOME = 0.005;

    private ConnectSignal() {}

    /** In words, where more than one request in two hundred had to. */
    static Optional<String> late(Facts facts) {
        Requests requests = facts.run().requests();
        long late = 0;
        for (int i = 0; i < requests.count(); i++)
            if (requests.connectNanos(i) >= RETRANSMITTED_NANOS || requests.outcome(i) == Outcome.CONNECT_TIMEOUT)
                late++;
        if (requests.count() == 0 || late < SOME * requests.count()) return Optional.empty();
        return Optional.of(Figures.count(late) + " requests waited about a second or more for their connection");
    }
}
