package io.tierdrill.recorder.packets;

import static io.tierdrill.recorder.packets.Http2Wire.CONTINUATION;
import static io.tierdrill.recorder.packets.Http2Wire.DATA;
import static io.tierdrill.recorder.packets.Http2Wire.END_HEADERS;
import static io.tierdrill.recorder.packets.Http2Wire.END_STREAM;
import static io.tierdrill.recorder.packets.Http2Wire.GO_AWAY;
import static io.tierdrill.recorder.packets.Http2Wire.HAS_PRIORITY;
import static io.tierdrill.recorder.packets.Http2Wire.HEADERS;
import static io.tierdrill.recorder.packets.Http2Wire.PADDED;
import static io.tierdrill.recorder.packets.Http2Wire.PREFACE;
import static io.tierdrill.recorder.packets.Http2Wire.PRIORITY;
import static io.tierdrill.recorder.packets.Http2Wire.PUSH_PROMISE;
import static io.tierdrill.recorder.packets.Http2Wire.RESET;
import static io.tierdrill.recorder.packets.Http2Wire.WINDOW_UPDATE;
import static io.tierdrill.recorder.packets.Http2Wire.block;
import static io.tierdrill.recorder.packets.Http2Wire.frame;
import static io.tierdrill.recorder.packets.Http2Wire.get;
import static io.tierdrill.recorder.packets.Http2Wire.getBlock;
import static io.tierdrill.recorder.packets.Http2Wire.indexed;
import static io.tierdrill.recorder.packets.Http2Wire.number;
import static io.tierdrill.recorder.packets.Http2Wire.remembered;
import static io.tierdrill.recorder.packets.Http2Wire.response;
import static io.tierdrill.recorder.packets.Http2Wire.settings;
import static io.tierdrill.recorder.packets.Http2Wire.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.http.HttpLimits;
import org.junit.jupiter.api.Test;

class Http2FramesTest {
    private final PacketLab lab = new PacketLab();
    private final PacketLab.Talk talk = lab.talk().open();

    private PacketLab.Talk begin() {
        return talk.request(PREFACE + settings()).response(settings());
    }

    @Test
    void pairsStreamsThatAreAnsweredInAnotherOrder() {
        begin().request(get(1, "/a") + get(3, "/b")).request(get(5, "/c"));
        talk.response(response(5, 404, 3)).response(response(1, 200, 10) + response(3, 503, 0));
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 10", "/b 503 0", "/c 404 3");
        assertThat(imported.requests()).extracting(RequestRecord::scheme).containsOnly("http");
        assertThat(imported.requests()).extracting(RequestRecord::authority).containsOnly("a.example");
        assertThat(imported.packets(Fate.HTTP2)).isEqualTo(6);
    }

    @Test
    void measuresFromTheFirstByteOfTheHeadersToTheLastOfTheResponse() {
        String request = get(1, "/slow");
        begin().request(request.substring(0, 4)).request(request.substring(4));
        talk.response(status(1, 0, 200));
        lab.later(50);
        talk.response(frame(DATA, 0, 1, "12345"));
        lab.later(30);
        talk.response(frame(DATA, END_STREAM, 1, ""));
        RequestRecord record = Imported.of(lab).requests().get(0);

        // Each frame of the lab takes a millisecond: the first byte is in the 6th packet, the last in the 10th.
        assertThat(record.offsetNanos()).isEqualTo(PacketLab.START_NANOS + 5_000_000);
        assertThat(record.response().orElseThrow().latencyNanos()).contains(84_000_000L);
        assertThat(record.response().orElseThrow().bytes()).contains(5L);
    }

    @Test
    void readsTheSameFromSingleBytesAsFromWholeFrames() {
        String request = PREFACE + settings() + get(1, "/a") + frame(WINDOW_UPDATE, 0, 0, number(9, 4)) + get(3, "/b");
        String response = settings() + response(1, 200, 4) + frame(DATA, 0, 3, "") + response(3, 201, 5);
        // It takes three bytes to tell the preface from a method.
        talk.request(request.substring(0, 3));
        for (char c : request.substring(3).toCharArray()) talk.request("" + c);
        for (char c : response.toCharArray()) talk.response("" + c);
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 4", "/b 201 5");
    }

    @Test
    void takesServersThatSpeakFirst() {
        talk.response(settings()).request(PREFACE + settings() + get(1, "/a")).response(response(1, 200, 1));

        assertThat(Imported.of(lab).lines()).containsExactly("/a 200 1");
    }

    @Test
    void putsBlocksTogetherAndTakesPaddingAndPriorityOff() {
        String head = getBlock("/cut");
        String first = (char) 3 + number(0, 4) + (char) 15 + head.substring(0, 9) + "\0\0\0";
        begin().request(frame(HEADERS, PADDED | HAS_PRIORITY | END_STREAM, 1, first));
        talk.request(frame(CONTINUATION, 0, 1, head.substring(9, 20)) + frame(CONTINUATION, 0, 1, ""));
        talk.request(frame(CONTINUATION, END_HEADERS, 1, head.substring(20)) + frame(PRIORITY, 0, 1, number(7, 5)));
        talk.response(status(1, 0, 200) + frame(DATA, PADDED | END_STREAM, 1, (char) 4 + "body" + "\0\0\0\0"));

        assertThat(Imported.of(lab).lines()).containsExactly("/cut 200 4");
    }

    @Test
    void countsBodiesAndPassesOverTrailers() {
        String head = block(":method", "POST", ":scheme", "https", ":path", "/up", "host", "b.example");
        begin().request(frame(HEADERS, END_HEADERS, 1, head) + frame(DATA, 0, 1, "1234"));
        talk.request(frame(DATA, PADDED, 1, (char) 2 + "567" + "\0\0"));
        talk.request(frame(HEADERS, END_HEADERS | END_STREAM, 1, block("grpc-trailer", "x")));
        talk.response(status(1, 0, 103) + status(1, 0, 200) + frame(DATA, 0, 1, "ok"));
        talk.response(frame(HEADERS, END_HEADERS | END_STREAM, 1, block("grpc-status", "0")));
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/up 200 2");
        assertThat(imported.requests().get(0).body().size()).isEqualTo(7);
        assertThat(imported.requests().get(0).scheme()).isEqualTo("https");
        assertThat(imported.requests().get(0).authority()).isEqualTo("b.example");
        assertThat(imported.observed(Observation.INTERIM_RESPONSES)).isEqualTo(1);
    }

    @Test
    void remembersHeadersOfEarlierRequestsAndJoinsCrumbsOfCookies() {
        begin().request(frame(HEADERS, END_HEADERS | END_STREAM, 1, getBlock("/a") + remembered("x-shop", "berlin")));
        talk.request(frame(
                HEADERS,
                END_HEADERS | END_STREAM,
                3,
                getBlock("/b") + block("cookie", "a=1") + indexed(62) + block("cookie", "b=2")));
        talk.response(response(1, 200, 0) + response(3, 200, 0));
        Imported imported = Imported.of(lab);

        assertThat(imported.requests().get(0).headers()).containsExactly(new Header("x-shop", "berlin"));
        assertThat(imported.requests().get(1).headers())
                .containsExactly(new Header("x-shop", "berlin"), new Header("cookie", "a=1; b=2"));
    }

    @Test
    void decodesTheHeadersOfStreamsNobodyWantsForTheSakeOfTheTable() {
        begin().request(get(1, "/a"));
        String promise = number(2, 4) + getBlock("/pushed") + remembered("x", "y");
        talk.response(frame(PUSH_PROMISE, END_HEADERS, 1, promise) + response(1, 200, 1));
        String pushed = block(":status", "200") + indexed(62);
        talk.response(frame(HEADERS, END_HEADERS, 2, pushed) + frame(DATA, END_STREAM, 2, "pushed"));
        talk.request(get(3, "/b"))
                .response(frame(HEADERS, END_HEADERS | END_STREAM, 3, block(":status", "200") + indexed(62)));
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 1", "/b 200 0");
        assertThat(imported.observed(Observation.PUSHES)).isEqualTo(1);
        assertThat(imported.observed(Observation.STRAY_RESPONSES)).isZero();
    }

    @Test
    void goesOnAfterTheTableChangedItsSize() {
        // 001 and 0: empty; 001 and 31 + 97 + 127 * 128: 16,384.
        String emptied = (char) 0x20 + "" + (char) 0x3f + (char) (97 | 128) + (char) 127;
        begin().request(frame(HEADERS, END_HEADERS | END_STREAM, 1, getBlock("/a") + remembered("x", "1")));
        talk.request(frame(HEADERS, END_HEADERS | END_STREAM, 3, emptied + getBlock("/b") + remembered("x", "2")));
        talk.request(frame(HEADERS, END_HEADERS | END_STREAM, 5, getBlock("/c") + indexed(62)));
        Imported imported = Imported.of(lab);

        assertThat(imported.paths()).containsExactly("/a", "/b", "/c");
        assertThat(imported.requests().get(2).headers()).containsExactly(new Header("x", "2"));
    }

    @Test
    void keepsARequestThatWasResetBehindItsEndAndRejectsOneWithin() {
        begin().request(get(1, "/cancelled") + frame(HEADERS, END_HEADERS, 3, getBlock("/given-up")));
        talk.response(status(1, 0, 200) + frame(DATA, 0, 1, "part"));
        talk.request(frame(RESET, 0, 1, number(8, 4)) + frame(RESET, 0, 3, number(8, 4)));
        talk.request(get(5, "/refused")).response(frame(RESET, 0, 5, number(7, 4)));
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/cancelled 200 -", "/refused -");
        assertThat(imported.account().rejected()).containsExactly(entry("stream-reset", 1L));
        assertThat(imported.observed(Observation.STREAM_RESETS)).isEqualTo(3);
    }

    @Test
    void waitsForNoAnswerBehindAGoodbye() {
        begin().request(get(1, "/a") + get(3, "/b"));
        talk.response(frame(GO_AWAY, 0, 0, number(1, 4) + number(0, 4) + "debug") + response(1, 200, 0));
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 0", "/b -");
        assertThat(imported.observed(Observation.GO_AWAYS)).isEqualTo(1);
    }

    @Test
    void takesConnectForATunnelAndAWebSocketForAnUpgrade() {
        String proxy = block(":method", "CONNECT", ":authority", "far.example:443");
        String socket = block(
                ":method", "CONNECT", ":protocol", "websocket", ":scheme", "http", ":authority", "a", ":path", "/chat");
        begin().request(frame(HEADERS, END_HEADERS, 1, proxy) + frame(HEADERS, END_HEADERS, 3, socket));
        talk.response(status(1, 0, 200) + status(3, 0, 200)).request(frame(DATA, 0, 3, "frames"));
        talk.response(frame(DATA, 0, 3, "more frames")).request(get(5, "/next")).response(response(5, 200, 1));
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/chat 200 0", "/next 200 1");
        assertThat(imported.requests().get(0).method()).isEqualTo("CONNECT");
        assertThat(imported.requests().get(0).body().size()).isZero();
        assertThat(imported.account().rejected()).containsExactly(entry("no-path", 1L));
        assertThat(imported.observed(Observation.UPGRADES)).isEqualTo(2);
    }

    @Test
    void goesOnWithHttp2WhereAServerAgreesToTheUpgrade() {
        talk.request("GET /first HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n");
        talk.response("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + settings() + response(1, 200, 6));
        talk.request(PREFACE + settings() + get(3, "/second")).response(response(3, 404, 2));
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/first 200 6", "/second 404 2");
        assertThat(imported.packets(Fate.HTTP)).isEqualTo(2);
        assertThat(imported.packets(Fate.HTTP2)).isEqualTo(2);
        assertThat(imported.observed(Observation.UPGRADES)).isEqualTo(1);
    }

    @Test
    void readsOnWhereAServerDoesNotAgreeToTheUpgrade() {
        talk.request("GET /first HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n");
        talk.response("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        talk.request("GET /second HTTP/1.1\r\nHost: a\r\n\r\n").response("HTTP/1.1 204 No\r\n\r\n");
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/first 200 2", "/second 204 0");
        assertThat(imported.packets(Fate.HTTP)).isEqualTo(4);
        assertThat(imported.observed(Observation.UPGRADES)).isZero();
    }

    @Test
    void losesNothingButBytesToAHoleWithinData() {
        begin().request(get(1, "/big"));
        talk.response(status(1, 0, 200) + frame(DATA, 0, 1, "x".repeat(3000)).substring(0, 1000));
        talk.response("x".repeat(1000));
        lab.loseLast();
        talk.response("x".repeat(1009)).response(frame(DATA, END_STREAM, 1, "end"));
        talk.request(get(3, "/next")).response(response(3, 200, 1)).close();

        assertThat(Imported.of(lab).lines()).containsExactly("/big 200 3003", "/next 200 1");
    }

    @Test
    void countsWhatWasAnsweredWhereTheRequestsCannotBeReadAnyMore() {
        begin().request(get(1, "/a")).response(response(1, 200, 0)).request(get(3, "/lost"));
        lab.loseLast();
        talk.request(get(5, "/unknown"))
                .response(response(5, 200, 0) + response(3, 200, 0))
                .close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 0");
        assertThat(imported.account().rejected()).containsExactly(entry("headers-unknown", 2L));
        assertThat(imported.packets(Fate.GAP)).isEqualTo(1);
        assertThat(imported.observed(Observation.STRAY_RESPONSES)).isZero();
    }

    @Test
    void readsRequestsWhereTheResponsesCannotBeReadAnyMore() {
        begin().request(get(1, "/a")).response(response(1, 200, 0));
        lab.loseLast();
        talk.response(response(3, 200, 0)).request(get(3, "/b") + get(5, "/c")).close();
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a -", "/b -", "/c -");
        assertThat(imported.packets(Fate.GAP)).isEqualTo(1);
    }

    @Test
    void countsTheRequestsOfAConnectionWhoseBeginningIsMissing() {
        PacketLab late = new PacketLab();
        PacketLab.Talk midst = late.talk();
        midst.request(get(7, "/unread")).response(response(7, 200, 9)).request(get(9, "/too") + get(11, "/and"));
        Imported imported = Imported.of(late);

        assertThat(imported.requests()).isEmpty();
        assertThat(imported.account().rejected()).containsExactly(entry("headers-unknown", 3L));
        assertThat(imported.packets(Fate.BEGINNING_MISSING)).isEqualTo(3);
    }

    @Test
    void readsNoFurtherBehindHeadersThatAreNone() {
        begin().request(get(1, "/a") + frame(HEADERS, END_HEADERS | END_STREAM, 3, indexed(100)));
        talk.request(get(5, "/b")).response(response(1, 200, 0) + response(5, 200, 0));
        Imported imported = Imported.of(lab);

        assertThat(imported.lines()).containsExactly("/a 200 0");
        assertThat(imported.account().rejected()).containsOnly(entry("bad-headers", 1L), entry("headers-unknown", 1L));
        assertThat(imported.packets(Fate.BAD_FRAMING)).isEqualTo(1);
    }

    @Test
    void rejectsARequestWithoutMethodAloneAndReadsOn() {
        begin().request(frame(HEADERS, END_HEADERS | END_STREAM, 1, block(":path", "/x")) + get(3, "/b"));
        Imported imported = Imported.of(lab);

        assertThat(imported.paths()).containsExactly("/b");
        assertThat(imported.account().rejected()).containsExactly(entry("bad-headers", 1L));
    }

    @Test
    void readsNoFurtherBehindFramesThatContradictEachOther() {
        begin().request(frame(HEADERS, END_STREAM, 1, getBlock("/a")) + get(3, "/b"));
        talk.request(get(5, "/c"));
        Imported imported = Imported.of(lab);

        assertThat(imported.requests()).isEmpty();
        assertThat(imported.packets(Fate.BAD_FRAMING)).isEqualTo(1);
    }

    @Test
    void keepsABoundedNumberOfStreamsAndOfHeaderBytes() {
        CaptureOptions tight = CaptureOptions.defaults().withHttp(new HttpLimits(4096, 0, 2));
        begin().request(get(1, "/a") + get(3, "/b") + get(5, "/c"));
        talk.request(frame(HEADERS, END_HEADERS | END_STREAM, 7, getBlock("/d") + block("x", "y".repeat(3800))));
        talk.request(get(9, "/e")).response(response(9, 200, 1) + response(1, 200, 1));
        Imported imported = Imported.of(lab, tight);

        assertThat(imported.lines()).containsExactly("/a -", "/b -", "/c -", "/d -", "/e 200 1");
        assertThat(imported.observed(Observation.STRAY_RESPONSES)).isEqualTo(1);

        talk.request(frame(HEADERS, END_STREAM, 11, getBlock("/long")));
        talk.request(frame(CONTINUATION, END_HEADERS, 11, block("x", "y".repeat(4200))))
                .request(get(13, "/f"));
        Imported longer = Imported.of(lab, tight);
        assertThat(longer.paths()).containsExactly("/a", "/b", "/c", "/d", "/e");
        assertThat(longer.packets(Fate.BAD_FRAMING)).isEqualTo(1);
    }
}
