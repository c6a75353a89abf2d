package io.tierdrill.recorder.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tierdrill.model.config.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionKeyTest {
    @TempDir
    private Path folder;

    @Test
    void makesAFileForItsOwnerOnlyAndReadsItAgain() throws Exception {
        Path file = folder.resolve("key");
        RedactionKey made = RedactionKey.of(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(RedactionKey.of(file)).isEqualTo(made).isNotEqualTo(RedactionKey.fresh());
    }

    @Test
    void refusesAKeyThatOthersMayRead() throws Exception {
        Path file = folder.resolve("key");
        RedactionKey.of(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> RedactionKey.of(file))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        file + ": is open to others (mode rw-r--r--)",
                        "  A redaction key is for its owner only: chmod 600 " + file,
                        "1 problem; nothing was started."));
    }

    @Test
    void refusesAFileWithoutAKey() throws Exception {
        Path file = folder.resolve("key");
        RedactionKey.of(file);
        Files.writeString(file, "secret");

        assertThatThrownBy(() -> RedactionKey.of(file))
                .isInstanceOf(BadInputException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        file + ": holds no key",
                        "  Allowed: one line of 64 hexadecimal digits. A file that does not exist is made.",
                        "1 problem; nothing was started."));
    }

    @Test
    void neverShowsItself() {
        assertThat(RedactionConfig.defaults().toString()).contains("RedactionKey[32 bytes]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "header:X-User", "cookie:session", "query:uid", "jwt:sub", "jwt:sub@cookie:id"})
    void readsWhatItWrites(String text) {
        assertThat(UserKey.parse(text))
                .hasValueSatisfying(key -> assertThat(key).hasToString(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "header", "header:", "jwt", "basic:x", "cookie:a b", "jwt:sub@header:x"})
    void refusesOtherSourcesOfUsers(String text) {
        assertThat(UserKey.parse(text)).isEmpty();
    }
}
