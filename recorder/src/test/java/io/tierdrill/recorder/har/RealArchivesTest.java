package io.tierdrill.recorder.har;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.fields.ExampleTraces;
import io.tierdrill.recorder.fields.Opened;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Archives of three browsers and proxies, whole: what each of their entries becomes. */
class RealArchivesTest {
    @TestFactory
    Stream<DynamicTest> everyEntryBecomesTheRequestThatItTellsOf() {
        return Stream.of(
                        new Archive(
                                "charles42_form",
                                "2017-10-19T19:07:32.789Z GET http cgi-lib.berkeley.edu /ex/simple-form.html"
                                        + " headers=7 body=0 200 620 193.000 ms connection=",
                                "2017-10-19T19:07:42.127Z POST http cgi-lib.berkeley.edu /ex/simple-form.cgi"
                                        + " headers=10 body=62 200 333 198.000 ms connection="),
                        new Archive(
                                "charles42_get",
                                "2017-10-19T19:21:16.647Z GET http computer-database.gatling.io /computers?p=1"
                                        + " headers=9 body=0 200 7281 177.000 ms connection="),
                        new Archive(
                                "chrome61_form",
                                "2017-10-19T21:14:09.983Z POST http cgi-lib.berkeley.edu /ex/simple-form.cgi"
                                        + " headers=12 body=62 200 600 199.492 ms connection=813184",
                                "2017-10-19T21:13:59.341Z GET http cgi-lib.berkeley.edu /ex/simple-form.html"
                                        + " headers=7 body=0 200 1192 191.759 ms connection=813150"),
                        new Archive(
                                "chrome61_get",
                                "2017-10-19T19:20:34.274Z GET http computer-database.gatling.io /computers?p=1"
                                        + " headers=9 body=0 200 7281 54.051 ms connection=791719"),
                        new Archive(
                                "firefox56_get",
                                "2017-10-19T19:22:47.321Z GET http computer-database.gatling.io /computers?p=1"
                                        + " headers=8 body=0 200 7281 129.000 ms connection="),
                        new Archive(
                                "firefox56_multipart",
                                "2017-10-19T19:14:29.101Z GET http cgi-lib.berkeley.edu /ex/fup.html"
                                        + " headers=7 body=0 200 864 190.000 ms connection=",
                                "2017-10-19T19:14:36.432Z POST http cgi-lib.berkeley.edu /ex/fup.cgi"
                                        + " headers=10 body=2109 200 2014 209.000 ms connection="))
                .map(archive -> DynamicTest.dynamicTest(archive.name, archive::check));
    }

    @Test
    void aFormOfWhichOnlyTheFieldsAreToldIsPutTogetherAgain() throws Exception {
        RequestRecord charles = open("charles42_form").records().get(1);
        RequestRecord chrome = open("chrome61_form").records().get(0);
        assertThat(new String(charles.body().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("name=NAME&quest=QUEST&color=chartreuse&swallow=african&text=HI");
        assertThat(charles.body()).isEqualTo(chrome.body());
    }

    @Test
    void aBinaryBodyThatFirefoxWroteLetterByLetterIsTheSameBytes() throws Exception {
        byte[] body = open("firefox56_multipart").records().get(1).body().bytes();
        String letters = new String(body, StandardCharsets.ISO_8859_1);
        int gif = letters.indexOf("GIF89a");
        assertThat(letters).contains("filename=\"Small.gif\"");
        // Width and height of the picture, little endian: 100 by 100.
        assertThat(List.of(body[gif + 6], body[gif + 7], body[gif + 8], body[gif + 9]))
                .containsExactly((byte) 100, (byte) 0, (byte) 100, (byte) 0);
    }

    @Test
    void headersComeInOrderWithTheirCookies() throws Exception {
        RequestRecord request = open("charles42_get").only();
        assertThat(request.headers().stream().map(RequestRecord.Header::name))
                .containsExactly(
                        "Host",
                        "User-Agent",
                        "Accept",
                        "Accept-Language",
                        "Accept-Encoding",
                        "Referer",
                        "Cookie",
                        "Connection",
                        "Upgrade-Insecure-Requests");
        assertThat(request.headers().get(6).value())
                .isEqualTo("_ga=GA1.2.2007947582.1387205563; _gid=GA1.2.505372930.1508402477");
    }

    @Test
    void anArchiveIsOneSessionAndAnotherArchiveIsAnother() throws Exception {
        List<RequestRecord> chrome = open("chrome61_form").records();
        List<RequestRecord> charles = open("charles42_form").records();
        assertThat(chrome.get(0).user())
                .matches("har-[0-9a-f]{10}")
                .isEqualTo(chrome.get(1).user());
        assertThat(chrome.get(0).client()).isEqualTo(chrome.get(0).user());
        assertThat(charles.get(0).user()).isNotEqualTo(chrome.get(0).user());
    }

    private static Opened open(String name) throws Exception {
        return Opened.of(new HarFormat(), Files.readAllBytes(ExampleTraces.file("har/" + name + ".har")));
    }

    private record Archive(String name, String... expected) {
        void check() throws Exception {
            Opened opened = open(name);
            assertThat(opened.refused()).isEmpty();
            assertThat(opened.records().stream().map(RealArchivesTest::shown)).containsExactly(expected);
        }
    }

    private static String shown(RequestRecord r) {
        RequestRecord.Response response = r.response().orElseThrow();
        return Instant.EPOCH.plus(Duration.ofNanos(r.offsetNanos()))
                + String.format(
                        java.util.Locale.ROOT,
                        " %s %s %s %s headers=%d body=%d %d %d %.3f ms connection=%s",
                        r.method(),
                        r.scheme(),
                        r.authority(),
                        r.path(),
                        r.headers().size(),
                        r.body().size(),
                        response.status(),
                        response.bytes().orElseThrow(),
                        response.latencyNanos().orElseThrow() / 1e6,
                        r.connection());
    }
}
