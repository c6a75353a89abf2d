package io.tierdrill.profiler.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PerfScriptTest {
    /** Written by hand in the form of perf 6.1; addresses and names are made up. */
    private static final String TEXT = """
            edged  4711  3012.445566:   10101010 cpu-clock:pppH:\s
            \t    7f3c1a2b4c18 write+0x18 (/usr/lib/x86_64-linux-gnu/libc.so.6)
            \t        5581c0a0 edge_flush+0x30 (/usr/sbin/edged)
            \t        5581d1b4 edge_loop(int, char const*)+0x1a4 (/usr/sbin/edged)

            edged  4711  3012.455667:   10101010 cpu-clock:pppH:\s
            \t    7f3c1a2b4c18 write+0x1c (/usr/lib/x86_64-linux-gnu/libc.so.6)
            \t        5581c0a0 edge_flush+0x30 (/usr/sbin/edged)
            \t        5581d1b4 edge_loop(int, char const*)+0x1a4 (/usr/sbin/edged)

            edged  4711  3012.465768:   10101010 cpu-clock:pppH:\s
            \tffffffff81a00010 [unknown] ([kernel.kallsyms])
            \t        5581d1b4 [unknown] (/usr/sbin/edged (deleted))

            edged  4711  3012.475869:   10101010 cpu-clock:pppH:\s

            """;

    @Test
    void foldsSamplesFromTheOutermostFrameInward() {
        assertThat(PerfScript.fold(TEXT.lines()).text()).isEqualTo("""
                        [edged (deleted)];[kernel.kallsyms] 1
                        edge_loop(int, char const*);edge_flush;write 2
                        """);
    }

    @Test
    void takesTheLastSampleThoughNoEmptyLineFollows() {
        assertThat(PerfScript.fold("x 1 2.0: 1 cpu-clock:\n\t 12ab f+0x1 (/bin/x)".lines())
                        .text())
                .isEqualTo("f 1\n");
    }

    @Test
    void findsNothingInNothing() {
        assertThat(PerfScript.fold("".lines())).isEqualTo(FoldedStacks.none());
    }
}
