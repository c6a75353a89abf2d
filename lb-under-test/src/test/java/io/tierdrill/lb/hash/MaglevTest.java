package io.tierdrill.lb.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaglevTest {

    /**
     * The values are those of another implementation of section 3.4 with other hash functions, averaged here over ten
     * members to remove; they agree within 0.1 points.
     */
    @ParameterizedTest
    @CsvSource({"4, 0.03", "10, 0.22", "100, 0.58"})
    void movesFewPlacesOfTheOthersWhenOneOfManyLeaves(int members, double expectedPercent) {
        List<String> names = names(members);
        Maglev before = Maglev.of(names);
        double collateral = IntStream.range(0, 10)
                .mapToDouble(i -> collateral(before, names, i * members / 10))
                .average()
                .orElseThrow();
        assertThat(collateral * 100).isCloseTo(expectedPercent, within(0.1));
    }

    /** Members claim in turns, so before the last round they are level, and the last round adds one to some. */
    @ParameterizedTest
    @CsvSource({"1", "3", "100", "1000"})
    void givesEveryMemberTheSameShareWithinOnePlace(int members) {
        int[] shares = Maglev.of(names(members)).shares(members);
        assertThat(Arrays.stream(shares).max().orElseThrow()
                        - Arrays.stream(shares).min().orElseThrow())
                .isLessThanOrEqualTo(1);
        assertThat(Arrays.stream(shares).sum()).isEqualTo(Maglev.PLACES);
    }

    @Test
    void choosesAlikeWhateverTheOrderOfTheMembers() {
        List<String> names = names(7);
        List<String> reversed = new ArrayList<>(names);
        Collections.reverse(reversed);
        Maglev one = Maglev.of(names);
        Maglev other = Maglev.of(reversed);
        for (long key = 0; key < Maglev.PLACES; key++)
            assertThat(names.get(one.member(key))).isEqualTo(reversed.get(other.member(key)));
    }

    @Test
    void needsAMember() {
        assertThatThrownBy(() -> Maglev.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("members must be 1 to 65537, were 0");
    }

    /** Places whose owner stayed and that changed hands all the same, as a part of all places. */
    private static double collateral(Maglev before, List<String> names, int gone) {
        List<String> left = new ArrayList<>(names);
        left.remove(gone);
        Maglev after = Maglev.of(left);
        long moved = IntStream.range(0, Maglev.PLACES)
                .filter(p -> before.member(p) != gone)
                .filter(p -> !names.get(before.member(p)).equals(left.get(after.member(p))))
                .count();
        return (double) moved / Maglev.PLACES;
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "127.0.4." + i + ":8080").toList();
    }
}
