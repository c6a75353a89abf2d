package io.tierdrill.recorder.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.fields.Opened;
import io.tierdrill.recorder.input.Head;
import io.tierdrill.recorder.input.Remark;
import io.tierdrill.recorder.input.Server;
import io.tierdrill.recorder.input.Units;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTargetsTest {
    private static final TextTargetFormat FORMAT = new TextTargetFormat();

    @Test
    void aLineOfMethodAndUrlIsATarget() throws Exception {
        Opened opened = Opened.of(FORMAT, "GET http://a.example/x?y=1\nHEAD\thttps://b.example:8443\n");
        assertThat(opened.refused()).isEmpty();
        assertThat(opened.reading().timing().tellsTimes()).isFalse();
        assertThat(opened.records())
                .extracting(r -> r.method() + " " + r.scheme() + " " + r.authority() + " " + r.path())
                .containsExactly("GET http a.example /x?y=1", "HEAD https b.example:8443 /");
    }

    @Test
    void headersStandBelowAndCommentsAnywhere() throws Exception {
        RequestRecord request = Opened.of(
                        FORMAT,
                        "# all\r\n\r\n  PUT http://a.example/\r\nA: 1\r\n # not this\r\nb :2:3\r\nA: 4\r\n\r\n#\r\n")
                .only();
        assertThat(request.headers())
                .containsExactly(new Header("A", "1"), new Header("b", "2:3"), new Header("A", "4"));
        assertThat(request.authority()).isEqualTo("a.example");
    }

    @Test
    void aHostAmongTheHeadersIsTheOneAskedFor() throws Exception {
        RequestRecord request = Opened.of(FORMAT, "GET http://127.0.0.1:8080/\nHost: shop.example\n")
                .only();
        assertThat(request.authority()).isEqualTo("shop.example");
    }

    @Test
    void aBodyInAFileIsToldAndNotOpened() throws Exception {
        Opened opened = Opened.of(
                FORMAT, "POST http://a.example/\nContent-Type: a/b\n@/etc/hostname\nPOST http://a.example/\n@b\n");
        assertThat(opened.records()).hasSize(2).extracting(RequestRecord::body).containsOnly(Body.none());
        assertThat(opened.reading().parser().remarks())
                .isEqualTo(Map.of(
                        new Remark(
                                "body-file", "with a body in a file of its own, which is not opened, imported without"),
                        2L));
    }

    @Test
    void everyLineThatIsNeitherBlankNorACommentIsOfATargetOrAReject() throws Exception {
        Opened opened = Opened.of(
                FORMAT,
                "GET http://a.example/1\n\nA: 1\nB: 2\n\nGET http://a.example/2\nno header\n\n"
                        + "GET http://a.example/3\nEmpty:\nGET ftp://a.example/\nGET http://a.example/4\n@b\nA: 1\n"
                        + "get http://a.example/\n\nGET http://a.example/5 HTTP/1.1\n\n  GET\n\nGET http://a.example/6\na b: c");
        assertThat(opened.refused())
                .containsExactly(
                        "2 3:1 no-target-line",
                        "3 7:1 stray-line line 2",
                        "4 10:1 stray-line line 2",
                        "5 11:5 bad-url url",
                        "6 14:1 stray-line line 3",
                        "7 17:1 no-target-line",
                        "8 19:1 no-target-line",
                        "9 22:1 stray-line line 2");
        assertThat(opened.records()).extracting(RequestRecord::path).containsExactly("/1");
    }

    @Test
    void aTargetBeyondAMebibyteIsTooLongAndTheNextIsRead() throws Exception {
        Units units = FORMAT.open(
                        new Head("x", new byte[0], true),
                        new ByteArrayInputStream(("GET http://a/" + "x".repeat(1 << 20) + "\nA: 1\nGET http://b/\n"
                                        + ("A: " + "x".repeat(600_000) + "\n").repeat(2) + "\nGET http://c/\n")
                                .getBytes(StandardCharsets.US_ASCII)),
                        new Server("http", ""))
                .units();
        StringBuilder seen = new StringBuilder();
        while (units.next())
            seen.append(units.number())
                    .append(' ')
                    .append(units.line())
                    .append(units.tooLong() ? " long, " : " short, ");
        assertThat(seen).hasToString("1 1 long, 2 3 long, 3 7 short, ");
    }

    @Test
    void isKnownByItsFirstTargets() {
        assertThat(share("# c\n\nGET http://a.example/\nA: 1\n@b\n\nPOST https://a.example/x\n"))
                .isEqualTo(1);
        assertThat(share("GET http://a.example/ HTTP/1.1\nHost: a\n\n")).isZero();
        assertThat(share("GET /index.html\n")).isZero();
        assertThat(share("10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 5\n"))
                .isZero();
        assertThat(share("GET is a method\nPOST http://a.example/\n")).isEqualTo(0.5);
        assertThat(share("")).isZero();
    }

    private static double share(String text) {
        return FORMAT.judge(new Head("x", text.getBytes(StandardCharsets.UTF_8), true))
                .share();
    }
}
