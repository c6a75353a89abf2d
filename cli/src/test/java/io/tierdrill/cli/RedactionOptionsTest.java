package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options of redaction do to a trace, and what {@code inspect --leaks} says of it. */
class RedactionOptionsTest {
    private static final String NL = System.lineSeparator();

    @TempDir
    private Path folder;

    private Path log;
    private Path trace;

    @BeforeEach
    void aLogWithSecrets() throws IOException {
        trace = folder.resolve("x.trace");
        log = Files.writeString(
                folder.resolve("access.log"),
                "192.0.2.200 - frank [17/May/2015:10:05:03 +0000] \"GET /a?token=s3cr3t99&q=joe%40a.example&sku=x7"
                        + " HTTP/1.1\" 200 512\n");
    }

    @Test
    void masksByDefaultAndTheScanFindsNothing() {
        Console imported = Console.tierdrill("import", log, "-o", trace);
        Console leaks = Console.tierdrill("inspect", trace, "--leaks");

        assertThat(imported.status()).as(imported.err()).isEqualTo(ExitStatus.GO);
        assertThat(imported.err()).isEmpty();
        assertThat(leaks.out()).isEqualTo(trace + ": nothing looks like a secret in 1 requests" + NL);
        assertThat(leaks.status()).isEqualTo(ExitStatus.GO);
        assertThat(records()).doesNotContain("s3cr3t", "joe", "frank").contains("192.0.2.", "sku=x7");
    }

    @Test
    void withoutRedactionItWarnsAndTheScanEndsWithOne() {
        Console imported = Console.tierdrill("import", log, "-o", trace, "--no-redaction");
        Console leaks = Console.tierdrill("inspect", trace, "--leaks");

        assertThat(imported.err())
                .isEqualTo("warning: --no-redaction: passwords, cookies, tokens and client addresses reach the disk."
                        + NL);
        assertThat(records()).contains("s3cr3t", "192.0.2.200", "frank");
        assertThat(leaks.status()).isEqualTo(ExitStatus.NO_GO);
        assertThat(leaks.out())
                .isEqualTo(String.join(
                        NL,
                        trace + ": 3 finds in 1 requests",
                        "  kind              count  first",
                        "  user                  1  request 1, user: fr...",
                        "  named                 1  request 1, path: s3cr...",
                        "  email                 1  request 1, path: joe@...",
                        ""));
        assertThat(Console.tierdrill("inspect", trace, "--leaks", "--json").out())
                .contains("\"clean\" : false", "\"kind\" : \"email\"", "\"record\" : 1", "\"shown\" : \"joe@\"");
    }

    @Test
    void twoTracesUnderOneKeyShareTheirPseudonyms() {
        Path key = folder.resolve("key");
        Console.tierdrill("import", log, "-o", trace, "--redaction-key", key);
        String first = records();
        Console.tierdrill("import", log, "-o", trace, "--redaction-key", key);

        assertThat(records()).isEqualTo(first);
        Console.tierdrill("import", log, "-o", trace);
        assertThat(records()).isNotEqualTo(first);
    }

    @Test
    void keepsAddressesAndMasksFurtherNamesWhenAsked() {
        Console.tierdrill("import", log, "-o", trace, "--client-addresses", "keep", "--redact", "sku,x-other");

        assertThat(records()).contains("\"client\":\"192.0.2.200\"").doesNotContain("sku=x7");
    }

    @Test
    void refusesAUserThatNobodyCanBe() {
        Console wrong = Console.tierdrill("import", log, "-o", trace, "--user", "jwt");

        assertThat(wrong.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(wrong.err())
                .startsWith("--user: cannot use \"jwt\". Allowed: header:NAME, cookie:NAME, query:NAME, jwt:CLAIM, "
                        + "jwt:CLAIM@cookie:NAME or none." + NL);
        assertThat(trace).doesNotExist();
    }

    @Test
    void refusesAKeyWhereNothingIsMasked() {
        Console wrong = Console.tierdrill(
                "import", log, "-o", trace, "--no-redaction", "--redaction-key", folder.resolve("key"));

        assertThat(wrong.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(wrong.err()).startsWith("--redaction-key and --no-redaction: with nothing masked there is no key.");
    }

    private String records() {
        return Console.tierdrill("inspect", trace, "--records").out();
    }
}
