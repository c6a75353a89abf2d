package io.tierdrill.recorder.packets;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read of HTTP/2 when all goes well, and what is counted when not. Nothing is guessed. */
class Http2ReadingTest {
    private final PacketLab lab = new PacketLab();
    private final Http2Lab client = new Http2Lab();
    private final Http2Lab server = new Http2Lab();
    private final PacketLab.Talk talk = lab.talk();

    private PacketLab.Talk begin() {
        return talk.open().request(Http2Lab.PREFACE + Http2Lab.settings()).response(Http2Lab.settings());
    }

    @Test
    void readsStreamsThatAreInterleavedInTheOrderTheyBegan() {
        begin().request(client.request(1, false, "POST", "/a") + client.get(3, "/b"))
                .response(server.response(3, true, 204))
                .request(Http2Lab.data(1, true, "12345"))
                .response(server.response(1, false, 100) + server.response(1, false, 201))
                .response(Http2Lab.data(1, false, "abc") + Http2Lab.data(1, true, "d"))
                .close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 201 4", "/b 204 0");
        assertThat(imported.requests().get(0).body().size()).isEqualTo(5);
        assertThat(imported.requests().get(0).headers())
                .contains(new Header("x-page", "/a"), new Header("cookie", "a=1"));
        assertThat(imported.observed(Observation.INTERIM_RESPONSES)).isEqualTo(1);
        // The response's last byte came two packets after the request's end, five after its beginning.
        assertThat(imported.requests().get(0).response().orElseThrow().latencyNanos())
                .contains(4_000_000L);
    }

    @Test
    void aHoleWithinABodyLosesNothingButTheBytes() {
        String body = Http2Lab.data(1, true, "x".repeat(3000));
        begin().request(client.get(1, "/a")).response(server.response(1, false, 200) + body.substring(0, 1000));
        talk.response(body.substring(1000, 2000));
        lab.loseLast();
        talk.response(body.substring(2000)).request(client.get(3, "/b")).response(server.response(3, true, 204));
        lab.later(200);
        talk.clientAck().close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 3000", "/b 204 0");
        assertThat(imported.observed(Observation.HOLES)).isEqualTo(1);
    }

    @Test
    void aHoleInTheRequestsEndsTheirReadingAndCountsThoseThatWereAnswered() {
        begin().request(client.get(1, "/a")).response(server.response(1, true, 200));
        talk.request(client.get(3, "/lost"));
        lab.loseLast();
        talk.response(server.response(3, true, 200)).request(client.get(5, "/unreadable"));
        lab.later(200);
        talk.response(server.response(5, true, 200))
                .serverAck()
                .response(server.response(7, true, 200))
                .close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 0");
        assertThat(imported.packets(Fate.GAP)).isEqualTo(1);
        assertThat(imported.account().rejected()).isEqualTo(Map.of("headers-unknown", 3L));
        assertThat(imported.observed(Observation.STRAY_RESPONSES)).isZero();
    }

    @Test
    void aHoleInTheResponsesKeepsTheRequestsWithoutTheirs() {
        begin().request(client.get(1, "/a"));
        talk.response(server.response(1, true, 200));
        lab.loseLast();
        talk.request(client.get(3, "/b")).response(server.response(3, true, 200));
        lab.later(200);
        talk.clientAck().request(client.get(5, "/c")).close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a -", "/b -", "/c -");
        assertThat(imported.observed(Observation.WITHOUT_RESPONSE)).isEqualTo(3);
        assertThat(imported.packets(Fate.GAP)).isEqualTo(1);
    }

    @Test
    void withoutTheBeginningRequestsAreCountedAndNotGuessed() {
        client.get(1, "/before");
        talk.request(client.get(3, "/a"))
                .response(server.response(3, true, 200))
                .request(client.get(5, "/b"))
                .response(server.response(5, true, 200));
        Imported imported = Imported.of(lab);

        assertThat(imported.requests()).isEmpty();
        assertThat(imported.account().rejected()).isEqualTo(Map.of("headers-unknown", 2L));
        assertThat(imported.packets(Fate.BEGINNING_MISSING)).isEqualTo(lab.size());
    }

    @Test
    void headersThatCannotBeDecodedEndTheReadingOfTheirDirection() {
        // An index of 126 into a table that has not so many rows.
        begin().request(client.get(1, "/a") + Http2Lab.frame(1, Http2Lab.END_HEADERS | 1, 3, "\u00fe"))
                .request(client.get(5, "/c"))
                .response(server.response(1, true, 200))
                .close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 0");
        assertThat(imported.account().rejected()).isEqualTo(Map.of("bad-headers", 1L));
        assertThat(imported.packets(Fate.BAD_FRAMING)).isEqualTo(1);
    }

    @Test
    void streamsThatEndEarlyAreCountedByTheReason() {
        begin().request(client.request(1, false, "POST", "/reset") + Http2Lab.reset(1))
                .request(client.get(3, "/refused") + client.get(5, "/above"))
                .response(Http2Lab.reset(3) + Http2Lab.goAway(3))
                .close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/refused -", "/above -");
        assertThat(imported.account().rejected()).isEqualTo(Map.of("stream-reset", 1L));
        assertThat(imported.observed(Observation.STREAM_RESETS)).isEqualTo(2);
        assertThat(imported.observed(Observation.GO_AWAYS)).isEqualTo(1);
    }

    @Test
    void aBodyThatTheServerDoesNotWaitForCountsAsDeclared() {
        Http2Headers upload = new DefaultHttp2Headers()
                .method("POST")
                .scheme("http")
                .authority("shop.example")
                .path("/upload")
                .add("content-length", "700");
        begin().request(Http2Lab.frame(1, Http2Lab.END_HEADERS, 1, client.block(1, upload)))
                .response(server.response(1, true, 413) + Http2Lab.reset(1))
                .request(Http2Lab.data(1, true, "x".repeat(700)))
                .close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/upload 413 0");
        assertThat(imported.requests().get(0).body().size()).isEqualTo(700);
    }

    @Test
    void headersBeyondTheBoundAreRejectedAndDoNotGrowMemory() {
        String huge = Http2Lab.frame(1, 0, 1, "x".repeat(16_000));
        String more = Http2Lab.frame(9, 0, 1, "x".repeat(16_000));
        begin().request(huge);
        for (int i = 0; i < 6; i++) talk.request(more);
        talk.close();
        Imported imported = Imported.of(lab);

        assertThat(imported.requests()).isEmpty();
        assertThat(imported.packets(Fate.BAD_FRAMING)).isPositive();
    }
}
