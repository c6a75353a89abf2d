package io.tierdrill.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import io.tierdrill.model.sample.Outcome;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectFailuresTest {

    /** As NIO and native epoll word them. */
    @Test
    void tellsTheInjectorsOwnLimitsFromTheTargetsFailures() {
        Map<Throwable, Outcome> expected = new LinkedHashMap<>();
        expected.put(new BindException("Cannot assign requested address"), Outcome.INJECTOR_LIMIT);
        expected.put(
                new ConnectException("connect(..) failed with error(-99): Cannot assign requested address"),
                Outcome.INJECTOR_LIMIT);
        expected.put(
                new ConnectException("finishConnect(..) failed with error(-111): Connection refused"),
                Outcome.CONNECT_REFUSED);
        expected.put(new ConnectException("Connection refused: /127.0.0.1:1"), Outcome.CONNECT_REFUSED);
        expected.put(new NoRouteToHostException(), Outcome.CONNECT_REFUSED);
        expected.put(new ConnectException("Connection timed out"), Outcome.CONNECT_TIMEOUT);
        expected.put(new ConnectTimeoutException("after 3000 ms"), Outcome.CONNECT_TIMEOUT);
        expected.put(new java.io.IOException("Connection reset by peer"), Outcome.CONNECTION_RESET);
        expected.forEach((cause, outcome) ->
                assertThat(ConnectFailures.outcome(cause)).as(cause.toString()).isEqualTo(outcome));
    }
}
