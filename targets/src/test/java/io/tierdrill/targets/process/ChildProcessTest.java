package io.tierdrill.targets.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a shell in the child's place: it can misbehave in every way. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ChildProcessTest {
    private static final String READY = "echo READY traffic=127.0.0.1:1 admin=127.0.0.1:2; ";

    @TempDir
    private Path folder;

    @Test
    void isReadyWhenItSaysSoAndLogsWhatElseItSays() throws Exception {
        ChildProcess child = start("echo a warning; echo an error >&2; " + READY + "read line; echo WIRED; read line");

        assertThat(child.ready().get(10, TimeUnit.SECONDS).admin()).isEqualTo(HostPort.parse("127.0.0.1:2"));
        child.wire(List.of(HostPort.parse("127.0.0.1:3"))).get(10, TimeUnit.SECONDS);

        assertThat(child.lastLines(5)).containsExactlyInAnyOrder("a warning", "an error");
        child.terminate();
        child.exit().get(10, TimeUnit.SECONDS);
    }

    @Test
    void failsWhoeverWaitsForAChildThatIsGone() throws Exception {
        ChildProcess child = start("exit 3");

        assertThatThrownBy(() -> child.ready().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class)
                .cause()
                .hasMessage("child exited with 3");
        assertThat(child.exit().get(10, TimeUnit.SECONDS)).isEqualTo(3);
        assertThatThrownBy(() -> child.wire(List.of()).get(10, TimeUnit.SECONDS))
                .cause()
                .hasMessage("child exited with 3");
    }

    @Test
    void failsAWiringThatIsNeverAnswered() throws Exception {
        ChildProcess child = start(READY + "read line; exit 4");
        child.ready().get(10, TimeUnit.SECONDS);

        assertThatThrownBy(() -> child.wire(List.of()).get(10, TimeUnit.SECONDS))
                .cause()
                .hasMessage("child exited with 4");
    }

    @Test
    void killsAChildThatDoesNotListen() throws Exception {
        ChildProcess child = start("trap '' TERM; " + READY + "while :; do read line; done");
        child.ready().get(10, TimeUnit.SECONDS);

        child.kill();

        assertThat(child.exit().get(10, TimeUnit.SECONDS)).isEqualTo(137);
    }

    @Test
    void remembersOnlyTheEndOfALongLog() throws Exception {
        Path log = folder.resolve("long.log");
        Files.writeString(log, "x".repeat(100).concat("\n").repeat(1000) + "before\n\n  \nlast\n");

        assertThat(LogTail.lines(log, 2)).containsExactly("before", "last");
        assertThat(LogTail.lines(folder.resolve("none.log"), 2)).isEmpty();
    }

    private ChildProcess start(String script) throws IOException {
        return ChildProcess.start("child", List.of("sh", "-c", script), folder.resolve("child.log"));
    }
}
