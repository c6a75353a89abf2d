package io.tierdrill.recorder.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.seed.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClfTimeTest {
    private static final DateTimeFormatter JUDGE =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ENGLISH);
    private static final long YEAR_2200 = Instant.parse("2200-01-01T00:00:00Z").getEpochSecond();

    @Test
    void agreesWithJavaTimeOnAnyInstantInAnyZone() {
        var chance = new Seeds(5).stream("instants");
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(chance.nextLong(86_400, YEAR_2200 - 86_400));
            ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * chance.nextInt(-18 * 60, 18 * 60 + 1));
            String text = JUDGE.format(instant.atOffset(zone));

            assertThat(read(text)).as(text).isEqualTo(instant.getEpochSecond());
        }
    }

    @Test
    void aLeapSecondIsTheFirstOfTheNextMinute() {
        assertThat(read("30/Jun/2015:23:59:60 +0000"))
                .isEqualTo(Instant.parse("2015-07-01T00:00:00Z").getEpochSecond());
    }

    @Test
    void theLastDayOfFebruaryDependsOnTheYear() {
        assertThat(read("29/Feb/2000:00:00:00 +0000")).isPositive();
        assertThat(read("29/Feb/2024:00:00:00 +0000")).isPositive();
        assertThat(read("29/Feb/2023:00:00:00 +0000")).isEqualTo(ClfTime.INVALID);
        assertThat(read("29/Feb/2100:00:00:00 +0000")).isEqualTo(ClfTime.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "17/May/2015:10:05:03",
                "17/May/2015:10:05:03 0000",
                "17/may/2015:10:05:03 +0000",
                "17/Mai/2015:10:05:03 +0000",
                "00/May/2015:10:05:03 +0000",
                "31/Apr/2015:10:05:03 +0000",
                "17/May/2015:24:05:03 +0000",
                "17/May/2015:10:60:03 +0000",
                "17/May/2015:10:05:61 +0000",
                "17/May/2015:10:05:03 +1901",
                "17/May/2015:10:05:03 +0060",
                "17/May/1969:10:05:03 +0000",
                "17/May/2200:10:05:03 +0000",
                "1x/May/2015:10:05:03 +0000",
                "17/May/20x5:10:05:03 +0000",
                "17/May/2015:1x:05:03 +0000",
                "17-May-2015:10:05:03 +0000"
            })
    void refusesEverythingElse(String text) {
        assertThat(read(text)).isEqualTo(ClfTime.INVALID);
    }

    private static long read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ClfTime.epochSecond(bytes, 0, bytes.length);
    }
}
