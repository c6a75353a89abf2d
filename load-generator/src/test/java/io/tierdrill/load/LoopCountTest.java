package io.tierdrill.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopCountTest {
    @ParameterizedTest
    @CsvSource({
        "1, 900000, 1",
        "2, 900000, 1",
        "4, 900000, 1",
        "8, , 1",
        "8, 50000, 1",
        "8, 50001, 2",
        "8, 900000, 3",
        "16, 260000, 6",
        "16, 900000, 7"
    })
    void asManyAsTheBusiestSecondNeedsAndLeaveRoomForOthers(int processors, Double perSecond, int loops) {
        OptionalDouble busiest = perSecond == null ? OptionalDouble.empty() : OptionalDouble.of(perSecond);
        assertThat(LoopCount.automatic(processors, busiest)).isEqualTo(loops);
    }

    @ParameterizedTest
    @CsvSource({"64, 1, 64", "64, 3, 22 21 21", "3, 3, 1 1 1", "8000, 7, 1143 1143 1143 1143 1143 1143 1142"})
    void dividesSoThatNothingIsLeftOver(int all, int loops, String parts) {
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < loops; i++) found.append(i == 0 ? "" : " ").append(LoopCount.part(all, i, loops));
        assertThat(found.toString()).isEqualTo(parts);
    }
}
