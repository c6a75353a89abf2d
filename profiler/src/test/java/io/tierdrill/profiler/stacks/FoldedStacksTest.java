package io.tierdrill.profiler.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedStacksTest {
    private static final FoldedStacks SOME = FoldedStacks.parse("""
            main;serve;read 3
            main;serve 2
            main;serve;write;read 4
            """);

    @Test
    void standsInTheOrderOfTheAlphabetWhateverTheOrderItWasReadIn() {
        assertThat(SOME.text()).isEqualTo("main;serve 2\nmain;serve;read 3\nmain;serve;write;read 4\n");
        assertThat(FoldedStacks.parse(SOME.text())).isEqualTo(SOME);
    }

    @Test
    void addsUpWhatIsTheSame() {
        assertThat(FoldedStacks.parse("a;b 1\n\na;b 2\n").text()).isEqualTo("a;b 3\n");
        assertThat(SOME.plus(FoldedStacks.parse("main;serve 5\nother 1")).text())
                .isEqualTo("main;serve 7\nmain;serve;read 3\nmain;serve;write;read 4\nother 1\n");
        assertThat(SOME.plus(FoldedStacks.none())).isEqualTo(SOME);
    }

    @Test
    void tellsWhereTimeWasSpentAndWhatFor() {
        assertThat(SOME.total()).isEqualTo(9);
        assertThat(SOME.self()).containsExactly(entry("read", 7L), entry("serve", 2L));
        assertThat(SOME.inclusive())
                .containsExactly(entry("main", 9L), entry("read", 7L), entry("serve", 9L), entry("write", 4L));
    }

    @Test
    void countsAFrameThatCallsItselfOnce() {
        assertThat(FoldedStacks.parse("walk;walk;walk 5").inclusive()).containsExactly(entry("walk", 5L));
    }

    @Test
    void keepsNamesWithSpacesAndReplacesWhatWouldBreakTheText() {
        FoldedStacks odd = new FoldedStacks.Builder()
                .add(List.of("operator new(unsigned long)", "a;b\nc", " "), 2)
                .build();

        assertThat(odd.text()).isEqualTo("operator new(unsigned long);a:b c;[no name] 2\n");
        assertThat(FoldedStacks.parse(odd.text())).isEqualTo(odd);
    }

    @Test
    void refusesALineWithoutACount() {
        assertThatThrownBy(() -> FoldedStacks.parse("main;serve 2\nmain;read\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a stack and its count: 'main;read'");
        assertThatThrownBy(() -> FoldedStacks.parse("main 0")).hasMessage("not a stack and its count: 'main 0'");
    }
}
