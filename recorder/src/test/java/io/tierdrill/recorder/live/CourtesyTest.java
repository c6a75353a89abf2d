package io.tierdrill.recorder.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CourtesyTest {
    private static final Executor OWN_THREAD = task -> new Thread(task).start();

    @Test
    void theThreadThatAsksStepsAsideAndNoOther() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/thread-self/stat")), "no Linux");
        int before = Courtesy.niceness();

        int asker = CompletableFuture.supplyAsync(
                        () -> {
                            assertThat(Courtesy.stepAside()).isTrue();
                            return nicenessHere();
                        },
                        OWN_THREAD)
                .get();
        int other = CompletableFuture.supplyAsync(CourtesyTest::nicenessHere, OWN_THREAD)
                .get();

        assertThat(asker).isGreaterThanOrEqualTo(10);
        assertThat(other).isEqualTo(before);
    }

    private static int nicenessHere() {
        try {
            return Courtesy.niceness();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
