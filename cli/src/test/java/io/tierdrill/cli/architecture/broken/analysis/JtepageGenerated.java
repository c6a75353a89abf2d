package io.tierdrill.cli.architecture.broken.analysis;

/** Named as jte names what it writes. */
final class JtepageGenerated {
    static final int[] JTE_LINE_INFO = {1};

    private JtepageGenerated() {}
}
