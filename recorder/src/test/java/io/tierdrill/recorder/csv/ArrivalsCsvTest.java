package io.tierdrill.recorder.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Response;
import io.tierdrill.recorder.fields.Opened;
import io.tierdrill.recorder.input.Head;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArrivalsCsvTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void everyColumnFindsItsPlace() throws Exception {
        RequestRecord request = open(
                        "time;client_ip;User ID;method;URL;Host;status;bytes;request_bytes;Latency (us);colour",
                        "2026-01-01T00:00:00.5Z;192.0.2.1;u7;POST;/a?b=1;a.example;201;12;34;5600;red")
                .only();
        assertThat(request)
                .isEqualTo(new RequestRecord(
                        1_767_225_600_500_000_000L,
                        "192.0.2.1",
                        "",
                        "u7",
                        "http",
                        "POST",
                        "a.example",
                        "/a?b=1",
                        List.of(),
                        new RequestRecord.Body(new byte[0], 34, ""),
                        Optional.of(new Response(201, Optional.of(12L), Optional.of(5_600_000L)))));
    }

    @Test
    void aColumnOfTimesAloneIsEnough() throws Exception {
        RequestRecord request = open("timestamp", "1767225600").only();
        assertThat(request.method() + " " + request.authority() + request.path())
                .isEqualTo("GET example.org/");
        assertThat(request.client()).isEqualTo("csv");
        assertThat(request.response()).isEmpty();
    }

    @Test
    void numbersOfEveryUnitAreTimes() throws Exception {
        assertThat(time("ts", "1767225600.25")).isEqualTo(1_767_225_600_250_000_000L);
        assertThat(time("ts", "1767225600250")).isEqualTo(1_767_225_600_250_000_000L);
        assertThat(time("ts", "1767225600250000")).isEqualTo(1_767_225_600_250_000_000L);
        assertThat(time("ts", "1767225600250000123")).isEqualTo(1_767_225_600_250_000_123L);
        assertThat(time("ts", "0.125")).isEqualTo(125_000_000);
        assertThat(time("offset_ms", "1500")).isEqualTo(1_500_000_000);
        assertThat(time("t", "2026-01-01 01:00:00+01:00")).isEqualTo(1_767_225_600L * SECOND);
        assertThat(time("t", "2026-01-01T00:00:00")).isEqualTo(1_767_225_600L * SECOND);
    }

    @Test
    void wholeSecondsAreKnownToBeCoarse() throws Exception {
        assertThat(open("time", "1767225600", "1767225601").reading().timing().isCoarse())
                .isTrue();
        assertThat(open("time", "1767225600", "1767225601.5").reading().timing().isCoarse())
                .isFalse();
        assertThat(open("time", "1767225600000").reading().timing().isCoarse()).isFalse();
        assertThat(open("time", "2026-01-01T00:00:00Z").reading().timing().isCoarse())
                .isTrue();
    }

    @Test
    void quotedFieldsMayHoldSeparatorsQuotesAndLines() throws Exception {
        Opened opened = open("time,path,note", "1,\"/a,b\",\"x \"\"y\"\"\nz\"", "2,/5\"disk,", "\"3\",/c,\"\"");
        assertThat(opened.refused()).isEmpty();
        assertThat(opened.records()).extracting(RequestRecord::path).containsExactly("/a,b", "/5\"disk", "/c");
        assertThat(opened.reading().units().line()).isEqualTo(5);
    }

    @Test
    void tabsRemarksAndAByteOrderMarkAreTaken() throws Exception {
        Opened opened = Opened.of(new ArrivalsFormat(), "\ufeff# from the desk\r\ntime\tpath\r\n1\t/a\r\n");
        assertThat(opened.only().path()).isEqualTo("/a");
    }

    @Test
    void wrongRowsAreNamedByLineAndColumn() throws Exception {
        Opened opened = open(
                "time,method,path,status,bytes,latency_ms",
                "soon,GET,/,200,1,1",
                "1,GET,/,200,1",
                "1,G T,/,200,1,1",
                "1,GET,ftp://x/,200,1,1",
                "1,GET,/,2000,1,1",
                "1,GET,/,200,-1,1",
                "1,GET,/,200,1,fast",
                "1,\"GET,/,200,1,1",
                "1,GET,/good,,,");
        assertThat(opened.refused())
                .containsExactly(
                        "2 2:1 bad-timestamp time",
                        "3 3:1 wrong-columns",
                        "4 4:3 bad-method method",
                        "5 5:7 bad-url path",
                        "6 6:9 bad-status status",
                        "7 7:13 bad-number bytes",
                        "8 8:15 bad-number latency_ms",
                        "9 9:1 open-quote");
        assertThat(opened.records()).extracting(RequestRecord::path).containsExactly("/good");
    }

    @Test
    void aHostThatCannotStandInARequestIsNamed() throws Exception {
        Opened opened = open("time,path,host", "1,/a,shop example", "2,/b,shop.example", "3,/c,");
        assertThat(opened.refused()).containsExactly("2 2:6 bad-url host");
        assertThat(opened.records())
                .extracting(RequestRecord::authority)
                .containsExactly("shop.example", "example.org");
    }

    @Test
    void aRowOfAMegabyteIsLeftOutAlone() throws Exception {
        Opened opened = open("time,path", "1,/a", "2,/" + "x".repeat(1 << 20), "3,\"/" + "y".repeat(1 << 20), "4,/b");
        assertThat(opened.records())
                .extracting(RequestRecord::path)
                .startsWith("/a")
                .endsWith("/b");
        assertThat(opened.reading().units().number()).isEqualTo(5);
    }

    @Test
    void aHeaderRowWithoutATimeIsRefusedWithItsNames() {
        Head head = new Head("a.csv", "when,where\n1,2\n".getBytes(StandardCharsets.UTF_8), true);
        assertThatThrownBy(() -> new ArrivalsFormat()
                        .open(
                                head,
                                new ByteArrayInputStream(head.bytes()),
                                new io.tierdrill.recorder.input.Server("http", "")))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "a.csv:1:1: no column tells the time; the header row names when, where",
                        "  Name one of them time, timestamp, ts, arrival or the like.",
                        "1 problem; nothing was started."));
    }

    @Test
    void onlyAHeaderRowLooksLikeOne() {
        assertThat(share("time,path\n1,/\n")).isEqualTo(1);
        assertThat(share("{\"time\":1,\"path\":\"/\"}")).isZero();
        assertThat(share("10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1"))
                .isZero();
        assertThat(share("second,requests\n0,1\n")).isZero();
        assertThat(share("")).isZero();
    }

    private static double share(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new ArrivalsFormat().judge(new Head("x", bytes, true)).share();
    }

    private static long time(String column, String value) throws Exception {
        return open(column, value).only().offsetNanos();
    }

    private static Opened open(String... lines) throws Exception {
        return Opened.of(new ArrivalsFormat(), String.join("\n", lines) + "\n");
    }
}
