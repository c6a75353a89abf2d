package io.tierdrill.load.wire;

import io.netty.channel.ConnectTimeoutException;
import io.tierdrill.model.sample.Outcome;
import java.net.BindException;
import java.util.Locale;

/** What a failed attempt to connect means. The system says it in an error number or in words, depending on transport. */
final class ConnectFailures {
    private ConnectFailures() {}

    static Outcome outcome(Throwable cause) {
        String words = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof BindException || words.contains("cannot assign") || words.contains("error(-99)"))
            return Outcome.INJECTOR_LIMIT;
        if (cause instanceof ConnectTimeoutException || words.contains("timed out")) return Outcome.CONNECT_TIMEOUT;
        if (words.contains("reset")) return Outcome.CONNECTION_RESET;
        return Outcome.CONNECT_REFUSED;
    }
}
