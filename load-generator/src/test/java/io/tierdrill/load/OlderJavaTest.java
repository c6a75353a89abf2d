package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a Java before 22 there are no foreign functions, and so no engine of our own: asked in a process of that Java. */
@Timeout(60)
class OlderJavaTest {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    @Test
    void sendsThroughNettyAndSaysWhy() throws Exception {
        Optional<Path> java = olderJava();
        assertThat(java.isEmpty() && "true".equals(System.getenv("CI")))
                .as("CI needs a Java from 17 to 21")
                .isFalse();
        assumeTrue(java.isPresent(), "no Java from 17 to 21 on this machine");

        Process asked = new ProcessBuilder(
                        java.get().toString(), "-cp", System.getProperty("java.class.path"), Asked.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(asked.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).startsWith("netty epoll (Java ").endsWith("has no foreign functions (22 has))");
    }

    /** Prints what is chosen on the Java it runs on. */
    static final class Asked {
        public static void main(String[] none) throws Exception {
            Target target = new Target("127.0.0.1", 1, Optional.empty());
            System.out.print(Choice.of(InjectorConfig.defaults(), target, Optional.empty(), OptionalDouble.empty())
                    .words("epoll"));
        }
    }

    private static Optional<Path> olderJava() throws Exception {
        if (Runtime.version().feature() < 22) return Optional.of(Path.of(System.getProperty("java.home"), "bin/java"));
        if (!Files.isDirectory(INSTALLED)) return Optional.empty();
        try (Stream<Path> homes = Files.list(INSTALLED)) {
            return homes.sorted()
                    .filter(OlderJavaTest::isOlder)
                    .map(home -> home.resolve("bin/java"))
                    .findFirst();
        }
    }

    /** 17 to 21, by its release file: {@code JAVA_VERSION="17.0.15"}. */
    private static boolean isOlder(Path home) {
        try {
            List<String> release = Files.readAllLines(home.resolve("release"));
            return Files.isExecutable(home.resolve("bin/java"))
                    && release.stream().anyMatch(line -> line.matches("JAVA_VERSION=\"(1[789]|2[01])\\b.*"));
        } catch (IOException unreadable) {
            return false; // not a JDK's folder
        }
    }
}
