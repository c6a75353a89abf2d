package io.tierdrill.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.tier.TierKind;
import io.tierdrill.targets.process.ChildCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process from outside, as a shell or a supervisor sees it. */
class InstanceMainTest {
    @TempDir
    private Path folder;

    @Test
    void endsWithTwoAndTheReasonOnBadSettings() throws Exception {
        Path settings = Files.writeString(folder.resolve("service-1.yaml"), "instances: 1\nconcurrency: none\n");

        Process process = start("service", "--config", settings.toString());

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(text(process.getErrorStream().readAllBytes())).isEqualTo(settings + """
                        :2:14: concurrency: cannot use "none"
                          Allowed: a whole number from 1 to 1000000.
                        1 problem; nothing was started.
                        """);
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
    }

    @Test
    void endsWithTwoAndTheReasonWhenItsAddressIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            Process process = start("service", "--listen", address);

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(text(process.getErrorStream().readAllBytes()))
                    .matches("(?s)" + address + ": cannot listen here: .*Address already in use\n"
                            + "  Stop whoever uses it, or give another address or port 0 for any free one\\.\n"
                            + "1 problem; nothing was started\\.\n");
            assertThat(process.exitValue()).isEqualTo(2);
        }
    }

    @Test
    void saysWhereItListensAndEndsWhenItsStandardInputDoes() throws Exception {
        Process process = start("service", "--supervised");

        assertThat(process.inputReader().readLine())
                .matches("READY traffic=127\\.0\\.0\\.1:\\d+ admin=127\\.0\\.0\\.1:\\d+");
        process.outputWriter().close();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void answersWiringAndOverhearsTheRest() throws Exception {
        Process process = start("service", "--supervised");
        try (var say = process.outputWriter()) {
            process.inputReader().readLine();
            say.write("HELLO\nWIRE\n");
            say.flush();

            assertThat(process.inputReader().readLine()).isEqualTo("WIRED");
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void runsAloneUntilItIsToldToStop() throws Exception {
        Process process = start("service");
        process.inputReader().readLine();
        process.outputWriter().close();

        process.destroy();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("SIGTERM").isEqualTo(143);
    }

    private static Process start(String... arguments) throws IOException {
        List<String> line =
                ChildCommand.ofThisJvm().line(TierKind.SERVICE, InstanceMain.class.getName(), List.of(arguments));
        return new ProcessBuilder(line).start();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
