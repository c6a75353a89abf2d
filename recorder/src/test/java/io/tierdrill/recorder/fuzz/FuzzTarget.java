package io.tierdrill.recorder.fuzz;

import java.util.List;

/**
 * A parser under test.
 *
 * @param name as on the command line of {@code bench/fuzz}
 * @param mostBytes longest input to try
 * @param allowance what it may allocate
 * @param seeds valid inputs, to begin with
 */
record FuzzTarget(String name, int mostBytes, Allowance allowance, List<byte[]> seeds, Parser parser) {
    FuzzTarget {
        seeds = List.copyOf(seeds);
    }
}
