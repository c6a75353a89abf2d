package io.tierdrill.recorder.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KnownFieldsTest {
    private final AtomicInteger made = new AtomicInteger();
    private final KnownFields<String> fields = new KnownFields<>((b, from, to) -> {
        made.incrementAndGet();
        return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    });

    @Test
    void givesEachFieldItsOwnValueHoweverManyShareASlot() {
        SplittableRandom chance = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            String field = "/" + "x".repeat(chance.nextInt(12)) + chance.nextInt(40_000);
            assertThat(of("a " + field + " b", 2, 2 + field.length())).isEqualTo(field);
        }
    }

    @Test
    void makesTheValueOfARepeatedFieldTwiceAndOfAHugeOneAlways() {
        String huge = "y".repeat(2000);
        for (int i = 0; i < 10; i++) of("/a", 0, 2);
        assertThat(made).hasValue(2);
        for (int i = 0; i < 10; i++) of(huge, 0, huge.length());
        assertThat(made).hasValue(12);
    }

    @Test
    void forgetsNothingOfAFieldWhenItsArrayIsUsedAgain() {
        byte[] line = "/first".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 3; i++) fields.of(line, 0, line.length);
        System.arraycopy("/other".getBytes(StandardCharsets.US_ASCII), 0, line, 0, line.length);
        assertThat(fields.of(line, 0, line.length)).isEqualTo("/other");
    }

    private String of(String text, int from, int to) {
        return fields.of(text.getBytes(StandardCharsets.ISO_8859_1), from, to);
    }
}
