package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.load.order.Order;
import io.tierdrill.load.source.SourceAddresses;
import io.tierdrill.load.tls.TlsConfig;
import io.tierdrill.load.wire.Protocol;
import io.tierdrill.load.wire.WireConfig;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a target does wrong is a kind of error each, in the histogram; and what it does right on a WebSocket is not. */
@Timeout(30)
class BadPeersTest {
    private static final WireConfig HTTP2 =
            new WireConfig(Order.USER, SourceAddresses.any(), Protocol.HTTP2, TlsConfig.defaults());

    private final AtomicLong now = new AtomicLong();
    private final WireRun run = new WireRun().on(now::get).telling(sample -> now.addAndGet(10 * WireRun.MILLI));

    private static Map.Entry<String, Outcome> kind(String behaviour, Outcome outcome) {
        return Map.entry(behaviour, outcome);
    }

    @Test
    void everyEndingOfAStreamIsAnOutcomeOfItsOwn() throws Exception {
        List<Map.Entry<String, Outcome>> expected = List.of(
                kind("ok", Outcome.OK),
                kind("refused", Outcome.STREAM_REFUSED),
                kind("ok", Outcome.OK),
                kind("reset", Outcome.STREAM_RESET),
                kind("short", Outcome.WRONG_LENGTH),
                kind("long", Outcome.WRONG_LENGTH),
                kind("ok", Outcome.OK),
                kind("goaway", Outcome.GOAWAY),
                kind("ok", Outcome.OK),
                kind("broken", Outcome.PROTOCOL_ERROR),
                kind("ok", Outcome.OK),
                kind("gone", Outcome.SHORT_READ),
                kind("ok", Outcome.OK));
        run.with(HTTP2);
        for (int i = 0; i < expected.size(); i++) run.get(10L * i, "a", "/" + i);
        try (TinyHttp2 server =
                new TinyHttp2(expected.stream().map(Map.Entry::getKey).toArray(String[]::new))) {
            Injection injection = run.against(server.target());
            assertThat(run.outcomes())
                    .isEqualTo(expected.stream().map(Map.Entry::getValue).toList());
            assertThat(injection.latency().count()).isEqualTo(expected.size());
            assertThat(injection.generator().connectionsOpened()).isEqualTo(4);
            assertThat(injection.connections()).isEqualTo(Map.of("reconnects", 3L));
        }
    }

    @Test
    void opensAWebSocketAndHoldsItUntilTheServerCloses() throws Exception {
        List<Header> asked = List.of(
                new Header("Upgrade", "websocket"),
                new Header("Connection", "Upgrade"),
                new Header("Sec-WebSocket-Key", "somebody else's"),
                new Header("Sec-WebSocket-Extensions", "permessage-deflate"));
        run.withHeaders(0, "a", "/socket", asked)
                .get(10, "a", "/")
                .withHeaders(20, "a", "/wrong-socket", asked)
                .withHeaders(30, "a", "/no-socket", asked);
        try (TinyServer server = new TinyServer()) {
            Injection injection = run.against(server.target());
            assertThat(run.outcomes()).containsExactly(Outcome.OK, Outcome.OK, Outcome.PROTOCOL_ERROR, Outcome.OK);
            assertThat(run.samples.get(0).status()).isEqualTo(101);
            assertThat(injection.connections()).containsEntry("webSockets", 1L);
            assertThat(server.pong().get()).as("the answer to its ping").isEqualTo("hello");
            assertThat(server.seen().get(1).connection())
                    .as("the next request goes elsewhere")
                    .isNotEqualTo(server.seen().get(0).connection());
        }
    }
}
