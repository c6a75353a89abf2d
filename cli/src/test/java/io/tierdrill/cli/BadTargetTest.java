package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay refuses before its first request, in whole messages. */
class BadTargetTest {
    private static final String NOTHING = "1 problem; nothing was started.";

    @TempDir
    Path folder;

    @Test
    void aNameThatDoesNotResolve() throws IOException {
        refused(
                replay("--target", "http://no-such-host.invalid:81", "--allow", "no-such-host.invalid"),
                "no-such-host.invalid:81: the name no-such-host.invalid does not resolve: the system knows no address of it",
                "  Correct the name, or start the DNS server that knows it.",
                NOTHING);
    }

    @Test
    void aTargetThatNobodyAllowed() throws IOException {
        refused(
                replay("--target", "http://10.1.2.3"),
                "--target: \"10.1.2.3\" is not allowed as a target",
                "  Loopback is always allowed. If this host is yours to load, add '--allow 10.1.2.3'.",
                NOTHING);
    }

    @Test
    void aRateOfZeroAndASpeedOfZero() throws IOException {
        refused(
                replay("--target", "http://127.0.0.1:1", "--rate", "0"),
                "--rate: cannot use \"0.0\"",
                "  Allowed: a rate above 0, such as 300, 300/s or 1200/m.",
                NOTHING);
        refused(
                replay("--target", "http://127.0.0.1:1", "--speed", "0"),
                "--speed: cannot use \"0.0\"",
                "  Allowed: a number from 1.0E-6 to 1000000.",
                NOTHING);
    }

    @Test
    void anAbortRuleThatCannotBeReadWithItsColumn() throws IOException {
        refused(
                replay("--target", "http://127.0.0.1:1", "--abort-on", "errors>1%", "--abort-on", "p99>250 for 10s"),
                "--abort-on: cannot read \"p99>250 for 10s\" at column 5: \"250\" is no limit for p99",
                "  Allowed: a duration with a unit, such as 250ms. A rule is such as 'p99>250ms for 10s'.",
                NOTHING);
        refused(
                Console.tierdrill("rehearse", "--abort-on", "p98>1s", "--out", folder.resolve("run")),
                "--abort-on: cannot read \"p98>1s\" at column 1: \"p98\" is nothing that can be watched",
                "  Allowed: one of p50, p90, p95, p99, p99.9, max, mean, errors, rate, inflight; service., lateness. and held."
                        + " before a quantile look at those instead of the latency. A rule is such as 'p99>250ms for 10s'.",
                NOTHING);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void anAddressForMetricsThatIsNoneOrIsTaken() throws IOException {
        refused(
                replay("--target", "http://127.0.0.1:1", "--metrics", "x:y"),
                "--metrics: cannot use \"x:y\"",
                "  Allowed: HOST:PORT such as 127.0.0.1:9464, or a port of the loopback; port 0 is any free one.",
                NOTHING);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            refused(
                    replay("--target", "http://127.0.0.1:1", "--metrics", address),
                    "metrics: cannot listen on " + address + ": Address already in use",
                    "  Stop whoever uses it, or give another address or port 0 for any free one.",
                    NOTHING);
        }
    }

    private Console replay(Object... options) throws IOException {
        Object[] words = new Object[options.length + 2];
        words[0] = "replay";
        words[1] = Traces.even(folder.resolve(System.nanoTime() + ".trace"), 10, 5);
        System.arraycopy(options, 0, words, 2, options.length);
        return Console.tierdrill(words);
    }

    /** These lines and no others were printed, and nothing to standard output. */
    private static void refused(Console console, String... lines) {
        assertThat(console.err().strip().lines()).containsExactly(lines);
        assertThat(console.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.out()).isEmpty();
    }
}
